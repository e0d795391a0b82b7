"""A whole project in FastAPI with accounts, for a folder that has none."""

from __future__ import annotations

from backwright.edits.units import Unit
from backwright.recipes.authentication.render import renderer
from backwright.recipes.jwt_auth.account import Account
from backwright.recipes.jwt_auth.python.new_project import python_project

_FILES = {
    "app/config.py": "new/config.py.j2",
    "app/database.py": "new/database.py.j2",
    "app/errors.py": "new/errors.py.j2",
    "app/tokens.py": "new/tokens.py.j2",
    "app/auth.py": "new/auth.py.j2",
    "app/main.py": "new/main.py.j2",
    "app/routers/auth.py": "new/router_auth.py.j2",
    "app/routers/profile.py": "new/router_profile.py.j2",
    "tests/conftest.py": "new/conftest.py.j2",
}
_PACKAGES = (
    "fastapi", "uvicorn[standard]", "sqlalchemy", "psycopg[binary]", "pydantic[email]",
    "pydantic-settings", "argon2-cffi", "pyjwt",
)  # fmt: skip


def new_project(account: Account, language: str) -> list[Unit]:
    values: dict[str, object] = {
        "flask": False,
        "base": "Base",
        "base_import": "Base",
        "stack_line": "FastAPI with SQLAlchemy and Pydantic; passwords are hashed with Argon2.",
        "run": "uvicorn app.main:app --reload    # http://127.0.0.1:8000, documentation at /docs",
        "data": "`app.db`",
        "packages": _PACKAGES,
    }
    return python_project(account, renderer(__file__, "python"), _FILES, values)
