"""A whole project in Flask with accounts, for a folder that has none."""

from __future__ import annotations

from backwright.edits.units import Unit
from backwright.recipes.authentication.render import renderer
from backwright.recipes.jwt_auth.account import Account
from backwright.recipes.jwt_auth.python.new_project import python_project

_FILES = {
    "app/__init__.py": "new/app.py.j2",
    "app/database.py": "new/database.py.j2",
    "app/errors.py": "new/errors.py.j2",
    "app/http.py": "new/http.py.j2",
    "app/tokens.py": "new/tokens.py.j2",
    "app/auth.py": "new/auth.py.j2",
    "app/routes/auth.py": "new/routes_auth.py.j2",
    "app/routes/profile.py": "new/routes_profile.py.j2",
    "tests/conftest.py": "new/conftest.py.j2",
}
_PACKAGES = (
    "flask", "flask-sqlalchemy", "sqlalchemy", "psycopg[binary]", "pydantic[email]",
    "python-dotenv", "argon2-cffi", "pyjwt",
)  # fmt: skip


def new_project(account: Account, language: str) -> list[Unit]:
    values: dict[str, object] = {
        "flask": True,
        "base": "Base",
        "base_import": "Base",
        "stack_line": "Flask with SQLAlchemy and Pydantic; passwords are hashed with Argon2.",
        "run": "flask --app app run --debug    # http://127.0.0.1:5000",
        "data": "`instance/app.db`",
        "packages": _PACKAGES,
    }
    return python_project(account, renderer(__file__, "python"), _FILES, values)
