"""All gaps of a backend."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from backwright.facts.backend import Backend
from backwright.gaps import rules as package
from backwright.gaps.rule import Gap, Rule


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of their ids."""
    names = (it.name for it in pkgutil.iter_modules(package.__path__))
    found: list[Rule] = [import_module(f"{package.__name__}.{name}").RULE for name in names]
    return tuple(sorted(found, key=lambda it: it.id))


def find_gaps(backend: Backend) -> list[Gap]:
    """What every rule finds, in the order of files and lines."""
    gaps = {
        (place.file, place.line, rule.id, message): Gap(
            kind=rule.id,
            message=message,
            file=place.file,
            line=place.line,
            recipe=rule.recipe,
            severity=rule.severity,
            place=place,
        )
        for rule in rules()
        for message, place in rule.find(backend)
    }
    return [gaps[key] for key in sorted(gaps)]
