"""One check a file: a module here with `NAME` and `check` is one, and nothing lists them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from backwright.verify.review import Check, Review


class CheckModule(Protocol):
    NAME: str

    def check(self, review: Review) -> Check: ...


@cache
def _modules() -> tuple[CheckModule, ...]:
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(cast(CheckModule, import_module(f"{__name__}.{name}")) for name in names)


def run_checks(review: Review) -> list[Check]:
    """Every check's result, in the order of their names."""
    return [module.check(review) for module in _modules()]
