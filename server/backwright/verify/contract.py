"""What a change does to the backend as its clients see it."""

from __future__ import annotations

import msgspec

from backwright.facts.backend import Backend, Route


class Contract(msgspec.Struct, frozen=True):
    """Routes as `GET /items`; guards as `GET /items: require_user`."""

    routes_added: list[str] = []
    routes_removed: list[str] = []
    guards_added: list[str] = []
    guards_lost: list[str] = []
    limits_added: list[str] = []
    limits_lost: list[str] = []
    validators_lost: list[str] = []
    tests_added: list[str] = []


def contract_of(was: Backend, now: Backend) -> Contract:
    """The differences, each in the order of routes."""
    before, after = _by_key(was), _by_key(now)
    kept = [(before[key], after[key]) for key in before if key in after]
    tests = {(it.file, it.name) for it in was.tests}
    return Contract(
        [route.title for key, route in after.items() if key not in before],
        [route.title for key, route in before.items() if key not in after],
        [it for old, new in kept for it in _more(new.title, _guards(new), _guards(old))],
        [it for old, new in kept for it in _more(new.title, _guards(old), _guards(new))],
        [f"{new.title}: {new.rate_limit}" for old, new in kept if _limited(new, old)],
        [
            f"{old.title}: {old.rate_limit}"
            for old, new in kept
            if old.rate_limit and not new.rate_limit
        ],
        [it for old, new in kept for it in _more(new.title, old.validators, new.validators)],
        [f"{it.file}: {it.name}" for it in now.tests if (it.file, it.name) not in tests],
    )


def same_route(route: Route, backend: Backend) -> Route | None:
    """The route of another backend that answers the same requests from the same file."""
    return _by_key(backend).get(_key(route))


def _by_key(backend: Backend) -> dict[tuple[str, str, str], Route]:
    return {_key(route): route for route in backend.routes}


def _key(route: Route) -> tuple[str, str, str]:
    return route.method, route.path, route.handler_place.file


def _guards(route: Route) -> list[str]:
    return [guard.name for guard in route.guards]


def _limited(new: Route, old: Route) -> bool:
    return bool(new.rate_limit) and new.rate_limit != old.rate_limit


def _more(title: str, these: list[str], those: list[str]) -> list[str]:
    return [f"{title}: {name}" for name in these if name not in those]
