"""A route as the JSON that others script against; editors get the same as the command line."""

from __future__ import annotations

from backwright.facts.backend import Route

Row = dict[str, object]


def route_json(route: Route) -> Row:
    return {
        "method": route.method,
        "path": route.path,
        "handler": route.handler,
        "file": route.handler_place.file,
        "line": route.handler_place.line,
        "framework": route.framework,
        "params": [
            {"name": it.name, "in": it.location, "type": it.type} for it in route.parameters
        ],
        "request_model": route.request_model,
        "response_model": route.response_model,
        "guards": [guard.name for guard in route.guards],
        "rate_limit": route.rate_limit,
        "validators": list(route.validators),
        "models": list(route.models),
        "jobs": list(route.jobs),
        "tests": [{"file": it.file, "line": it.line} for it in route.tests],
        "app": route.app,
        "protocol": route.protocol,
        "resolved": route.resolved,
    }
