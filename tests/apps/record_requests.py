"""A pytest plugin that writes down which requests reach an app during each test.

`-p record_requests`, with the file to write in RECORDED_REQUESTS: `{test id: [[method, path], …]}`,
one entry for all parameters of a test. What fixtures ask for is not counted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

_seen: dict[str, set[tuple[str, str]]] = {}


def pytest_configure() -> None:
    for module, name, wrapped in (
        ("flask", "Flask.wsgi_app", _wsgi),
        ("starlette.applications", "Starlette.__call__", _asgi),
        ("fastapi", "FastAPI.__call__", _asgi),
    ):
        try:
            holder = import_module(module)
        except ImportError:
            continue
        class_name, _, method = name.partition(".")
        class_ = getattr(holder, class_name)
        setattr(class_, method, wrapped(getattr(class_, method)))


def pytest_sessionfinish() -> None:
    told = {test: sorted(requests) for test, requests in _seen.items()}
    Path(os.environ["RECORDED_REQUESTS"]).write_text(json.dumps(told), encoding="utf-8")


def _note(method: str, path: str) -> None:
    test, _, phase = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")
    if phase == "(call)":
        _seen.setdefault(test.partition("[")[0], set()).add((method, path))


def _wsgi(answer: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    def noted(self: object, environ: dict[str, Any], start_response: object) -> Iterable[bytes]:
        _note(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        return answer(self, environ, start_response)

    return noted


def _asgi(answer: Callable[..., Any]) -> Callable[..., Any]:
    async def noted(self: object, scope: dict[str, Any], receive: object, send: object) -> None:
        if scope["type"] in {"http", "websocket"}:
            _note(scope.get("method", "WEBSOCKET"), scope["path"])
        await answer(self, scope, receive, send)

    return noted
