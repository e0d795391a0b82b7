"""Which route a request reaches, the better fit winning."""

from __future__ import annotations

import pytest

from backwright.facts.backend import Place, Route
from backwright.index.testing.matching import fits, reached

# Templates of routes; the one that answers GET for each path, None when there is none.
ROUTES = [
    "/",
    "/users",
    "/users/me",
    "/users/{id}",
    "/users/{id}/posts/{post}",
    "/files/{path*}",
    "/files/latest",
    "/reports/{name}.csv",
    "/v1/items/",
    "/v2/items/",
    "/v2/orders/{id}",
]
REACHED = {
    "/": "/",
    "/users": "/users",
    "/users/": "/users",
    "/users/me": "/users/me",
    "/users/7": "/users/{id}",
    "/users/*": "/users/{id}",
    "/users*": "/users",
    "/users/*/posts/*": "/users/{id}/posts/{post}",
    "/users/1/posts": None,
    "/files/a/b.txt": "/files/{path*}",
    "/files/latest": "/files/latest",
    "/files": None,
    "/reports/may.csv": "/reports/{name}.csv",
    "/reports/*.csv": "/reports/{name}.csv",
    "/reports/may.pdf": None,
    "/v1/items": "/v1/items/",
    "*/v2/items": "/v2/items/",
    "*/items": None,  # two routes end like this
    "*/orders/3": "/v2/orders/{id}",
    "*/users/me": "/users/me",
    "*": None,
    "*/*": None,
    "/elsewhere": None,
}


def route(path: str, method: str = "GET") -> Route:
    place = Place("app.py", 1)
    return Route(
        method=method, path=path, handler="f", framework="x", place=place, handler_place=place
    )


@pytest.mark.parametrize(("path", "expected"), REACHED.items())
def test_the_best_fit_answers(path: str, expected: str | None) -> None:
    found = reached("GET", path, [(it, route(it)) for it in ROUTES])
    assert (found.path if found is not None else None) == expected


@pytest.mark.parametrize(
    ("declared", "method", "answered"),
    [
        ("GET", "GET", True),
        ("GET", "HEAD", True),
        ("ANY", "PATCH", True),
        ("GET", "POST", False),
        ("WEBSOCKET", "GET", False),
    ],
)
def test_methods(declared: str, method: str, answered: bool) -> None:
    assert (reached(method, "/a", [("/a", route("/a", declared))]) is not None) is answered


def test_a_route_fits_itself() -> None:
    for path in ROUTES:
        assert fits(path, path) is not None
