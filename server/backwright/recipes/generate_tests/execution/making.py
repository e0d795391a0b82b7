"""Instances of the project's classes, their constructors and those of their parents."""

from __future__ import annotations

from dataclasses import replace

from backwright.facts import code
from backwright.facts.code import Function
from backwright.recipes.generate_tests.execution.core import Arguments, Core, Outcomes
from backwright.recipes.generate_tests.execution.stores import (
    is_store,
)
from backwright.recipes.generate_tests.state import State
from backwright.recipes.generate_tests.values import (
    NONE,
    Code,
    Const,
    Kind,
    Made,
    Outside,
    Part,
    Result,
    Unknown,
    Value,
)


class Making(Core):
    """Makes instances."""

    __slots__ = ()

    def instantiate(
        self, kind: Kind, arguments: Arguments, state: State, site: int = 0
    ) -> Outcomes:
        """An instance of a class of the project; its own constructor is run."""
        names = self._field_names(kind)
        fields = dict(arguments.keywords)
        for name, value in zip(names, arguments.positional, strict=False):
            fields.setdefault(name, value)
        lineage = tuple(it.name for it in self.project.lineage(kind))
        made = Made(
            f"{kind.file}:{kind.name}", tuple(fields.items()), arguments.rest, site, lineage
        )
        constructor = self.project.methods(kind).get("__init__")
        if constructor is None:
            return [(state, made)]
        empty = replace(made, fields=(), rest=())
        found: Outcomes = []
        for after, _ in self.call(Code(*constructor, this=empty), arguments, state):
            if after.thrown is not None:
                found.append((after, Unknown()))
                continue
            own = tuple(
                (name, Outside(f"{empty.class_}.{name}") if is_store(it) else it)
                for owner, name, it in after.writes
                if owner == empty
            )
            kept = tuple(it for it in after.writes if it[0] != empty)
            found.append((replace(after, writes=kept), replace(empty, fields=own)))
        return found

    def parent(self, function: Value, arguments: Arguments, state: State) -> Outcomes | None:
        """`super().__init__(…)`, `super(…)`: the parent's constructor, or what it would keep."""
        called = function.of if isinstance(function, Part) else function
        if isinstance(called, Result):
            called = called.function
        if called != Outside("builtins.super"):
            return None
        bare = not arguments.positional and not arguments.keywords
        if bare and isinstance(function, Outside) and "self" in state.names:
            return None  # `super()` alone, of Python
        name = function.name if isinstance(function, Part) else "__init__"
        this = state.names.get("this") or state.names.get("self")
        kind = self.kind_of(this) if this is not None else None
        if this is None or kind is None:
            return None
        if (method := self._inherited(kind, name)) is not None:
            return self.call(Code(*method, this=this), arguments, state)
        for key, value in arguments.keywords:
            state = state.write(this, key, value)
        for value in arguments.positional[:1]:
            number = isinstance(value, Const) and isinstance(value.value, int)
            state = state.write(this, "status_code" if number else "message", value)
        return [(state, NONE)]

    def _inherited(self, kind: Kind, name: str) -> tuple[Function, str] | None:
        """The method that `super()` means in the function that runs now."""
        file, start = self.running[-1] if self.running else ("", 0)
        lineage = self.project.lineage(kind)
        for number, base in enumerate(lineage):
            if base.file == file and base.class_.start <= start <= base.class_.end:
                for parent in lineage[number + 1 :]:
                    own = self.project.methods(parent).get(name)
                    if own is not None:
                        return own
        return None

    def _field_names(self, kind: Kind) -> list[str]:
        steps = list(self.project.class_steps(kind))
        return [
            step.target.name
            for step, _ in steps
            if isinstance(step.target, code.Name) and step.annotation is not None
        ]
