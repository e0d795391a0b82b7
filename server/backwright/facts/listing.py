"""Routes as `backwright routes --json` lists them: plain values that scripts rely on."""

from __future__ import annotations

from typing import Any

import msgspec

from backwright.facts.backend import Backend, Route, RouteParameter


def routes_listed(backend: Backend) -> list[dict[str, Any]]:
    return [_route(it) for it in backend.routes]


def _route(route: Route) -> dict[str, Any]:
    known = msgspec.to_builtins(route)
    kept = (
        "method", "path", "handler", "framework", "rate_limit", "validators", "app", "protocol",
        "resolved",
    )  # fmt: skip
    return {
        **{name: known[name] for name in kept},
        "file": route.handler_place.file,
        "line": route.handler_place.line,
        "params": [_parameter(it) for it in route.parameters],
        "request_model": route.request_model or None,
        "response_model": route.response_model or None,
        "rate_limit": route.rate_limit or None,
        "guards": [it.name for it in route.guards],
        "models": known.get("models", []),
        "jobs": known.get("jobs", []),
        "tests": [{"file": it.file, "line": it.line} for it in route.tests],
    }


def _parameter(parameter: RouteParameter) -> dict[str, str]:
    return {"name": parameter.name, "in": parameter.location, "type": parameter.type}
