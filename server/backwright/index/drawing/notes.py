"""What the body of a function names, read once: calls, constants, inputs of a request."""

from __future__ import annotations

from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import Call, Expr, FileFacts, Function
from backwright.index.constants import constant_name
from backwright.index.drawing.inputs import Read, read


@dataclass(slots=True)
class Notes:
    """`names` are those without a receiver, `constants` as they are written, each once; `members`
    what is called on something."""

    names: dict[str, None] = field(default_factory=dict)
    constants: dict[str, None] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    members: list[tuple[Expr, str]] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)

    def see(self, expr: Expr) -> None:
        match expr:
            case code.Call(function):
                self.calls.append(expr)
                if isinstance(function, code.Member):
                    self.reads.extend(read(expr))
            case code.Name(name):
                if name.removeprefix("::")[:1].isupper():
                    self.constants[name] = None
                else:
                    self.names[name] = None
            case code.Member(owner, name):
                written = constant_name(expr)
                if written:
                    self.constants[written] = None
                else:
                    self.members.append((owner, name))
                    self.reads.extend(read(expr))
            case _:
                pass


@dataclass(slots=True)
class NoteMemory:
    """Remembers the notes on functions as long as the facts of their files stay the same."""

    _known: dict[str, tuple[FileFacts, dict[int, Notes]]] = field(default_factory=dict)

    def of(self, function: Function, facts: FileFacts) -> Notes:
        known = self._known.get(facts.path)
        if known is None or known[0] is not facts:
            known = self._known[facts.path] = (facts, {})
        notes = known[1].get(function.start)
        if notes is None:
            notes = known[1][function.start] = Notes()
            for expr in walk.deep_expressions(function, facts):
                notes.see(expr)
        return notes
