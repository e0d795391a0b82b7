"""How a file's facts relate to what they were before an edit: what has moved, what else is new.

Most edits leave the shape of a file: positions move, and a function or two get another body. Files
that differ in anything else are not related.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import Any

from backwright.facts import code
from backwright.facts.code import FileFacts


@dataclass(frozen=True, slots=True)
class Relation:
    """`positions` and `lines` tell where what stood there is now, bodies left out; `bodies` are
    the numbers of the functions whose bodies say something else."""

    positions: dict[int, int]
    lines: dict[int, int]
    bodies: list[int]


def relation(before: FileFacts, after: FileFacts) -> Relation | None:
    """None where the two differ in more than in positions and bodies."""
    same_size = len(before.functions) == len(after.functions)
    if not same_size or _AROUND(before) != _AROUND(after):
        return None
    found = _Comparison()
    if not (found.same(before.steps, after.steps) and found.same(before.classes, after.classes)):
        return None
    bodies = []
    for number, (old, new) in enumerate(zip(before.functions, after.functions, strict=True)):
        if not found.same_head(old, new):
            return None
        body = _Comparison()
        if body.same(old.steps, new.steps):
            found.take(body)
        else:
            bodies.append(number)
    if not found.consistent or not (_in_order(found.positions) and _in_order(found.lines)):
        return None
    return Relation(found.positions, found.lines, bodies)


def _in_order(moves: dict[int, int]) -> bool:
    after = [moves[it] for it in sorted(moves)]
    return all(one < other for one, other in pairwise(after))


@dataclass(slots=True)
class _Comparison:
    positions: dict[int, int] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    consistent: bool = True

    def same(self, old: Any, new: Any) -> bool:
        """Whether two facts are the same but for their positions, which are kept."""
        type_ = type(old)
        if type_ is not type(new):
            return False
        if type_ is list or type_ is tuple:
            if len(old) != len(new):
                return False
            return all(map(self.same, old, new))
        shape = _SHAPES.get(type_)
        if shape is None:
            return bool(old == new)
        return self._same_shape(shape, old, new)

    def same_head(self, old: code.Function, new: code.Function) -> bool:
        return self._same_shape(_HEAD, old, new)

    def take(self, other: _Comparison) -> None:
        """Adds what another comparison has found."""
        for mine, others in ((self.positions, other.positions), (self.lines, other.lines)):
            for old, new in others.items():
                if mine.setdefault(old, new) != new:
                    self.consistent = False
        self.consistent = self.consistent and other.consistent

    def _same_shape(self, shape: _Shape, old: Any, new: Any) -> bool:
        if shape.plain is not None and shape.plain(old) != shape.plain(new):
            return False
        for name in shape.positions:
            self._note(self.positions, getattr(old, name), getattr(new, name))
        if shape.has_line:
            self._note(self.lines, old.line, new.line)
        if shape.is_opaque and old.end - old.start != new.end - new.start:
            return False
        return all(self.same(getattr(old, name), getattr(new, name)) for name in shape.parts)

    def _note(self, moves: dict[int, int], old: int, new: int) -> None:
        if moves.setdefault(old, new) != new:
            self.consistent = False


@dataclass(frozen=True, slots=True)
class _Shape:
    """The fields of a kind of fact: those that are compared as they are, where it stands, and those
    that are facts themselves. Of one that `is_opaque` nothing but its length is known."""

    plain: Callable[[Any], Any] | None
    positions: tuple[str, ...]
    has_line: bool
    parts: tuple[str, ...]
    is_opaque: bool


_POSITIONS = ("start", "end", "body")


def _shape(type_: Any, *, without: tuple[str, ...] = ()) -> _Shape:
    names = [it for it in type_.__struct_fields__ if it not in without]
    at_places = "start" in names
    positions = tuple(it for it in names if at_places and it in _POSITIONS)
    rest = [it for it in names if it not in positions and it != "line"]
    plain = [it for it in rest if type_.__annotations__[it] in {"str", "bool", "int"}]
    return _Shape(
        attrgetter(*plain) if plain else None,
        positions,
        "line" in names,
        tuple(it for it in rest if it not in plain),
        type_ is code.Other,
    )


_LEAVES = (code.Text, code.Number, code.Constant, code.Name, code.Lambda, code.Define)
_SHAPES: dict[type, _Shape] = {
    it: _shape(it)
    for it in vars(code).values()
    if isinstance(it, type)
    and hasattr(it, "__struct_fields__")
    and it.__module__ == code.__name__
    and it not in (*_LEAVES, code.DefineClass, code.FileFacts)
    and it.__struct_fields__
}
_HEAD = _shape(code.Function, without=("steps",))
_AROUND = attrgetter("path", "language", "environment", "schemes", "schema")
