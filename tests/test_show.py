"""What the command line shows of a backend: the keys of the contract, and tables for people."""

from __future__ import annotations

from backwright.cli import show
from backwright.facts import backend as facts

BACKEND = facts.Backend(
    routes=[
        facts.Route(
            method="GET",
            path="/users/{id}",
            handler="read_user",
            framework="fastapi",
            place=facts.Place("app/main.py", 3),
            handler_place=facts.Place("app/users.py", 12),
            parameters=[facts.RouteParameter("id", "path", "int")],
            response_model="User",
            guards=[facts.Guard("require_user", "dependency")],
            rate_limit="5/minute",
            tests=[facts.TestRef("tests/test_users.py", 4, "test_one")],
            app="shop",
        ),
        facts.Route(
            method="POST",
            path="/hooks",
            handler="hook",
            framework="fastapi",
            place=facts.Place("app/main.py", 9),
            handler_place=facts.Place("app/main.py", 9),
            app="shop",
            resolved=False,
        ),
    ],
    tests=[
        facts.Test(
            name="test_one",
            file="tests/test_users.py",
            line=4,
            framework="pytest",
            calls=[facts.TestCall("GET", "/users/*", 5), facts.TestCall("POST", "/users", 6)],
            fixtures=["client"],
        )
    ],
    stacks=[
        facts.Stack(
            app="shop",
            root="",
            languages=["python"],
            frameworks=[facts.FrameworkVersion("fastapi", "0.115.0")],
            databases=["postgresql"],
            package_manager="uv",
            test_command="uv run pytest",
            env=["DATABASE_URL"],
        )
    ],
)


def test_routes_as_json() -> None:
    first, second = show.routes_json(BACKEND)
    assert first == {
        "method": "GET",
        "path": "/users/{id}",
        "handler": "read_user",
        "file": "app/users.py",
        "line": 12,
        "framework": "fastapi",
        "params": [{"name": "id", "in": "path", "type": "int"}],
        "request_model": "",
        "response_model": "User",
        "guards": ["require_user"],
        "rate_limit": "5/minute",
        "validators": [],
        "models": [],
        "jobs": [],
        "tests": [{"file": "tests/test_users.py", "line": 4}],
        "app": "shop",
        "protocol": "http",
        "resolved": True,
    }
    assert second["resolved"] is False


def test_tests_and_stacks_as_json() -> None:
    assert show.tests_json(BACKEND) == [
        {
            "name": "test_one",
            "file": "tests/test_users.py",
            "line": 4,
            "framework": "pytest",
            "calls": [
                {"method": "GET", "path": "/users/*"},
                {"method": "POST", "path": "/users"},
            ],
            "fixtures": ["client"],
        }
    ]
    assert show.stack_json(BACKEND) == [
        {
            "app": "shop",
            "root": "",
            "languages": ["python"],
            "frameworks": [{"name": "fastapi", "version": "0.115.0"}],
            "databases": ["postgresql"],
            "package_manager": "uv",
            "test_command": "uv run pytest",
            "lint_command": "",
            "env": ["DATABASE_URL"],
        }
    ]


def test_tables_align_and_leave_out_what_is_empty() -> None:
    assert show.routes_text(BACKEND).splitlines() == [
        "METHOD  PATH                   HANDLER    WHERE            GUARDS        LIMIT     TESTS",
        "GET     /users/{id}            read_user  app/users.py:12  require_user  5/minute  1",
        "POST    /hooks (not resolved)  hook       app/main.py:9",
    ]
    assert show.tests_text(BACKEND).splitlines() == [
        "WHERE                  TEST      CALLS",
        "tests/test_users.py:4  test_one  GET /users/*",
        "                                 POST /users",
    ]
    assert show.stack_text(BACKEND).splitlines() == [
        "shop",
        "  folder       .",
        "  languages    python",
        "  frameworks   fastapi 0.115.0",
        "  databases    postgresql",
        "  packages     uv",
        "  test         uv run pytest",
        "  environment  DATABASE_URL",
    ]


def test_nothing_is_said_in_words() -> None:
    empty = facts.Backend()
    assert show.routes_text(empty) == "No routes found."
    assert show.tests_text(empty) == "No tests found."
    assert show.stack_text(empty) == "No application found."
