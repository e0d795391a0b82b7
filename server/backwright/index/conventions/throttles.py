"""Limits on requests that are set before any route: which routes each holds for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import Route
from backwright.facts.code import Expr
from backwright.index import paths
from backwright.index.constants import block_of, constant_name
from backwright.index.conventions.uses import UseAt
from backwright.index.drawing.vocabulary import Throttling
from backwright.index.frameworks import frameworks
from backwright.index.limits import UNKNOWN_RATE, span

_UNITS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
_METHODS = {f"{name}?": name.upper() for name in ("get", "post", "put", "patch", "delete")}


@dataclass(frozen=True, slots=True)
class Throttle:
    """Without paths it is for all; those that end in `*` are beginnings."""

    rate: str
    paths: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()

    def holds(self, route: Route) -> bool:
        if self.methods and route.method not in {*self.methods, "ANY"}:
            return False
        return not self.paths or any(_fits(it, route.path) for it in self.paths)


@cache
def throttle_words() -> frozenset[str]:
    return frozenset(it.word for framework in frameworks() for it in framework.throttling)


def find_throttles(uses: Iterable[UseAt]) -> list[Throttle]:
    """Those for certain paths first."""
    found = [
        _throttle(use, role)
        for use in uses
        for framework in frameworks()
        for role in framework.throttling
        if use.name == role.word and _is_own(use, role)
    ]
    return sorted(found, key=lambda it: not it.paths)


def throttled(route: Route, throttles: Sequence[Throttle]) -> Route:
    """The route with the limit that holds for it, where it has none of its own."""
    if route.rate_limit:
        return route
    rate = next((it.rate for it in throttles if it.holds(route)), "")
    return replace(route, rate_limit=rate) if rate else route


def _is_own(use: UseAt, role: Throttling) -> bool:
    function = use.call.function
    if isinstance(function, code.Member):
        return constant_name(function.object) == role.owner
    return use.inside == role.owner


def _throttle(use: UseAt, role: Throttling) -> Throttle:
    options = {it.name: it.value for it in use.call.arguments if it.name}
    rate = _rate(options.get(role.limit), options.get(role.period))
    block = block_of(use.call)
    if block is None:
        return Throttle(rate)
    wanted: list[str] = []
    methods: list[str] = []
    for expr in walk.deep_expressions(use.facts.functions[block], use.facts):
        match expr:
            case code.Operation("==", [code.Member(_, "path"), code.Text(path)]):
                wanted.append(path)
            case code.Call(code.Member(code.Member(_, "path"), "start_with?"), arguments):
                texts = (it.value for it in arguments)
                wanted += [f"{it.value}*" for it in texts if isinstance(it, code.Text)]
            case code.Member(_, name) if name in _METHODS:
                methods.append(_METHODS[name])
            case _:
                pass
    return Throttle(rate, tuple(wanted), tuple(methods))


def _rate(limit: Expr | None, period: Expr | None) -> str:
    count = str(limit.value) if isinstance(limit, code.Number) else UNKNOWN_RATE
    match period:
        case code.Number(number):
            seconds = int(number)
        case code.Member(code.Number(number), unit) if unit.removesuffix("s") in _UNITS:
            seconds = int(number * _UNITS[unit.removesuffix("s")])
        case _:
            return count
    return f"{count}/{span(seconds)}"


def _fits(pattern: str, path: str) -> bool:
    if pattern.endswith("*"):
        return path.startswith(pattern[:-1])
    return paths.fits(path, pattern)
