"""The constants of Ruby: which class or module a name means, and what classes inherit and include.

Ruby's frameworks load a file when a constant of it is asked for, so nothing imports anything. All
classes of a project are put in one table under their whole names, wherever they are opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import Class, Expr, FileFacts, Function, Step

MAX_ANCESTORS = 60

_MIXING = frozenset({"include", "prepend"})
_DEFERRED = frozenset({"included", "prepended", "class_methods", "with_options"})
"""Blocks whose steps count as those of the class, or of the classes that include the module."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A place where a class is opened."""

    facts: FileFacts
    class_: Class


@dataclass(frozen=True, slots=True)
class Found:
    """A method, with the class or module that has it."""

    facts: FileFacts
    function: Function
    owner: str


@dataclass(frozen=True, slots=True)
class Macro:
    """A call in the body of a class, such as `before_action :authenticate`."""

    name: str
    call: code.Call
    facts: FileFacts
    owner: str


@dataclass(slots=True)
class Constants:
    """Of the files at `paths`; names are whole, with `::`."""

    classes: dict[str, list[Opened]] = field(default_factory=dict)
    values: dict[str, tuple[FileFacts, Expr]] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)
    _ancestors: dict[str, list[str]] = field(default_factory=dict)
    _methods: dict[tuple[str, bool], dict[str, Found]] = field(default_factory=dict)
    _by_name: dict[str, list[Found]] = field(default_factory=dict)
    _macros: dict[str, list[Macro]] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Mapping[str, FileFacts], paths: list[str]) -> Constants:
        made = cls()
        for path in paths:
            facts = files[path]
            if facts.language == "ruby":
                made._add(facts)
        return made

    def _add(self, facts: FileFacts) -> None:
        for class_ in facts.classes:
            self.classes.setdefault(class_.qualname, []).append(Opened(facts, class_))
            self._folded.setdefault(_fold(class_.qualname), class_.qualname)
            self._add_values(facts, class_.steps, f"{class_.qualname}::")
        self._add_values(facts, facts.steps, "")

    def _add_values(self, facts: FileFacts, steps: list[Step], before: str) -> None:
        for step in steps:
            if (
                isinstance(step, code.Assign)
                and isinstance(step.target, code.Name)
                and step.target.name[:1].isupper()
                and step.value is not None
            ):
                self.values.setdefault(before + step.target.name, (facts, step.value))

    # Names

    def find(self, written: str, inside: str = "") -> str:
        """The whole name of the class that `written` means inside the class `inside`; "" when the
        project has none."""
        return self._found(written, inside, self.classes)

    def value(self, written: str, inside: str = "") -> tuple[FileFacts, Expr] | None:
        """What the constant is assigned, with the file of that."""
        name = self._found(written, inside, self.values)
        return self.values[name] if name else None

    def by_path(self, path: str) -> str:
        """The class of `api/v1/users_controller`, however its name is cased."""
        return self._folded.get(_fold(path), "")

    def by_tail(self, path: str) -> str:
        """The only class whose whole name ends so, in whatever module it lies."""
        tail = f"/{_fold(path)}"
        found = [name for fold, name in self._folded.items() if f"/{fold}".endswith(tail)]
        return min(found, key=len, default="")

    def _found(self, written: str, inside: str, among: Mapping[str, object]) -> str:
        if written.startswith("::"):
            plain = written.removeprefix("::")
            return plain if plain in among else ""
        nesting = inside
        while nesting:
            whole = f"{nesting}::{written}"
            if whole in among:
                return whole
            nesting = nesting.rpartition("::")[0]
        if written in among:
            return written
        for above in self.ancestors(inside)[1:] if inside in self.classes else ():
            if f"{above}::{written}" in among:
                return f"{above}::{written}"
        return ""

    # What a class inherits

    def ancestors(self, name: str, depth: int = 0) -> list[str]:
        """The class, what it includes and inherits from, nearest first; names from outside the
        project as they are written."""
        if name not in self._ancestors:
            self._ancestors[name] = [name]  # for classes that inherit from each other
            if depth < MAX_ANCESTORS:
                found = list(dict.fromkeys(self._line(name, depth)))[:MAX_ANCESTORS]
                self._ancestors[name] = found
        return self._ancestors[name]

    def inherits(self, name: str, origins: frozenset[str]) -> bool:
        return not origins.isdisjoint(it.removeprefix("::") for it in self.ancestors(name))

    def _line(self, name: str, depth: int) -> Iterator[str]:
        yield name
        opened = self.classes.get(name, ())
        for mixed in reversed(list(self._mixed(name))):
            yield from self.ancestors(mixed, depth + 1)
        for it in opened:
            for base in it.class_.bases:
                written = constant_name(base.value)
                if written:
                    outside = name.rpartition("::")[0]
                    yield from self.ancestors(self.find(written, outside) or written, depth + 1)
                    return

    def _mixed(self, name: str) -> Iterator[str]:
        for opened in self.classes.get(name, ()):
            for step in class_steps(opened):
                if not isinstance(step, code.Do) or not isinstance(step.value, code.Call):
                    continue
                function = step.value.function
                if isinstance(function, code.Name) and function.name in _MIXING:
                    for argument in step.value.arguments:
                        written = constant_name(argument.value)
                        if written:
                            yield self.find(written, name) or written

    def method(self, name: str, wanted: str, *, static: bool = False) -> Found | None:
        """The method of that name which instances of the class (or the class itself) have."""
        key = (name, static)
        if key not in self._methods:
            table: dict[str, Found] = {}
            for above in self.ancestors(name):
                for found in self.methods(above, static=static):
                    table.setdefault(found.function.name, found)
            self._methods[key] = table
        return self._methods[key].get(wanted)

    def only_method(self, name: str) -> Found | None:
        """The method of that name where the project has no other, such as a helper."""
        if not self._by_name:
            for class_, opened in self.classes.items():
                for it in opened:
                    for function in it.facts.functions:
                        if function.name and function.qualname.startswith(f"{class_}#"):
                            named = self._by_name.setdefault(function.name, [])
                            named.append(Found(it.facts, function, class_))
        found = {(it.facts.path, it.function.start): it for it in self._by_name.get(name, ())}
        return next(iter(found.values())) if len(found) == 1 else None

    def methods(self, name: str, *, static: bool = False) -> Iterator[Found]:
        """The methods that the class or module defines itself, the last definition first."""
        for opened in reversed(self.classes.get(name, ())):
            for step in reversed(class_steps(opened)):
                if isinstance(step, code.Define):
                    function = opened.facts.functions[step.function]
                    if (function.role == "static") is static:
                        yield Found(opened.facts, function, name)

    def macros(self, name: str) -> list[Macro]:
        """The calls in the bodies of the class and of all that it inherits from and includes, in
        the order in which they count: those of the outermost class first."""
        if name not in self._macros:
            self._macros[name] = [
                macro
                for above in reversed(self.ancestors(name))
                for macro in self.own_macros(above)
            ]
        return self._macros[name]

    def own_macros(self, name: str) -> Iterator[Macro]:
        for opened in self.classes.get(name, ()):
            for step in class_steps(opened):
                if isinstance(step, code.Do | code.Return) and isinstance(step.value, code.Call):
                    called = step.value.function
                    if isinstance(called, code.Name):
                        yield Macro(called.name, step.value, opened.facts, name)


def class_steps(opened: Opened) -> list[Step]:
    """The steps of a class body, those in branches and in `included do … end` too."""
    found: list[Step] = []
    for step in walk.steps(opened.class_.steps):
        found.append(step)
        block = block_of(step.value) if isinstance(step, code.Do) else None
        if block is not None and isinstance(step, code.Do):
            call = step.value
            function = call.function if isinstance(call, code.Call) else None
            if isinstance(function, code.Name) and function.name in _DEFERRED:
                found += walk.steps(opened.facts.functions[block].steps)
    return found


def block_of(expr: Expr) -> int | None:
    """The number of the block that a call is given."""
    for argument in expr.arguments if isinstance(expr, code.Call) else ():
        if argument.name == "&" and isinstance(argument.value, code.Lambda):
            return argument.value.function
    return None


def constant_name(expr: Expr | None) -> str:
    """`Api::User` for the expression of a constant; "" for anything else. Of a class that is made
    with arguments, such as `ActiveRecord::Migration[7.0]`, its name."""
    match expr:
        case code.Name(name):
            return name if name.removeprefix("::")[:1].isupper() else ""
        case code.Member(owner, name):
            before = constant_name(owner)
            return f"{before}::{name}" if before and name[:1].isupper() else ""
        case code.Element(owner, _):
            return constant_name(owner)
        case code.Call(code.Member(owner, "new"), _):
            return constant_name(owner)
        case _:
            return ""


def camelize(name: str) -> str:
    """`Api::LineItem` for `api/line_item`."""
    return "::".join(
        "".join(word[:1].upper() + word[1:] for word in part.split("_")) for part in name.split("/")
    )


def _fold(name: str) -> str:
    return name.replace("::", "/").replace("_", "").lower()
