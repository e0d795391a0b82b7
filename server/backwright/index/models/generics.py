"""What the type variables of generic bases stand for in a class: `class Users(Page[User])`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from backwright.facts import code, walk
from backwright.facts.code import Expr
from backwright.index.evaluate import Evaluator
from backwright.index.values import ClassValue

_MAX_DEPTH = 20


@dataclass(slots=True)
class Generics:
    evaluator: Evaluator
    class_: ClassValue
    _filled: dict[int, dict[str, str]] = field(default_factory=dict)
    """For each ancestor, what its type variables stand for."""

    def __post_init__(self) -> None:
        self._follow(self.class_, {}, 0)

    def filled(self, type_: str, base: ClassValue) -> str:
        """A type that is written in `base`, as it is in the class."""
        known = self._filled.get(id(base))
        if not known:
            return type_
        return re.sub(r"\w+", lambda match: known.get(match[0], match[0]), type_)

    def _follow(self, class_: ClassValue, known: dict[str, str], depth: int) -> None:
        self._filled.setdefault(id(class_), known)
        for argument in class_.facts.bases:
            expr = argument.value
            owner = expr.object if isinstance(expr, code.Element) else expr
            base = self.evaluator.eval_in(owner, class_.file, class_.scope)
            if not isinstance(base, ClassValue) or base is class_ or depth > _MAX_DEPTH:
                continue
            given = [_text(it) for it in _keys(expr)]
            given = [re.sub(r"\w+", lambda it: known.get(it[0], it[0]), text) for text in given]
            names = _variables(base)
            self._follow(base, dict(zip(names, given, strict=False)), depth + 1)


def _variables(class_: ClassValue) -> list[str]:
    """The type variables of a class, in the order in which they are given."""
    keys = [
        (walk.dotted(it.value).rpartition(".")[2], _keys(it.value)) for it in class_.facts.bases
    ]
    explicit = next((found for name, found in keys if name == "Generic"), None)
    chosen = explicit if explicit is not None else [key for _, found in keys for key in found]
    return [key.name for key in chosen if isinstance(key, code.Name)]


def _keys(expr: Expr) -> list[Expr]:
    if not isinstance(expr, code.Element):
        return []
    return expr.key.values if isinstance(expr.key, code.Items) else [expr.key]


def _text(expr: Expr) -> str:
    return walk.type_text(expr)
