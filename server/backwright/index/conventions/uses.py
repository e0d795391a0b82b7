"""Every call of a file with the method and the class that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import Call, FileFacts, Function
from backwright.index.incremental.watched import body_of

_CLASS = re.compile(r"[#.]\w+[!?=]?$")


@dataclass(frozen=True, slots=True)
class UseAt:
    """`inside` is the class around the call, "" where there is none."""

    call: Call
    facts: FileFacts
    inside: str
    function: Function | None = None

    @property
    def name(self) -> str:
        function = self.call.function
        return function.name if isinstance(function, code.Name | code.Member) else ""


def class_of(function: Function) -> str:
    """The class that a method or a block in it belongs to."""
    return _CLASS.sub("", function.qualname) if re.search(r"[#.]", function.qualname) else ""


@dataclass(slots=True)
class UseMemory:
    """Remembers the calls of some names in each file as long as its facts stay the same."""

    names: frozenset[str] = frozenset()
    _known: dict[str, tuple[FileFacts, list[UseAt]]] = field(default_factory=dict)

    def of(self, facts: FileFacts) -> list[UseAt]:
        known = self._known.get(facts.path)
        if known is None or known[0] is not facts:
            known = self._known[facts.path] = (facts, list(_uses(facts, self.names)))
        return known[1]

    def looks_for(self, names: frozenset[str]) -> None:
        if names != self.names:
            self.names = names
            self._known.clear()


def _uses(facts: FileFacts, names: frozenset[str]) -> Iterator[UseAt]:
    """The calls of the names in a file, wherever they stand."""
    if not facts.may_call(names):
        return
    for function in facts.functions:
        inside = class_of(function) or ("" if function.name else function.qualname)
        for call in walk.calls(body_of(function)):
            if _name(call) in names:
                yield UseAt(call, facts, inside, function)
    for class_ in facts.classes:
        for call in walk.calls(class_.steps):
            if _name(call) in names:
                yield UseAt(call, facts, class_.qualname)
    for call in walk.calls(facts.steps):
        if _name(call) in names:
            yield UseAt(call, facts, "")


def root_of(call: Call) -> code.Expr:
    """What a chain of calls begins with: `MailJob` of `MailJob.set(wait: 5).perform_later`."""
    expr: code.Expr = call
    while True:
        match expr:
            case code.Call(code.Member(owner, _), _):
                expr = owner
            case code.Member(owner, name) if not name[:1].isupper():
                expr = owner
            case _:
                return expr


def _name(call: Call) -> str:
    function = call.function
    return function.name if isinstance(function, code.Name | code.Member) else ""
