"""The files of a new project that those in Python have alike."""

from __future__ import annotations

from backwright.edits.units import Unit
from backwright.recipes.authentication.packages import python_requirements
from backwright.recipes.authentication.render import Render
from backwright.recipes.jwt_auth.account import Account
from backwright.recipes.jwt_auth.python.columns import column
from backwright.recipes.jwt_auth.python.source import imported, signature

_POSTGRES = "postgresql+psycopg://postgres:postgres@localhost:5432/app"
_IGNORED = (".venv/", "__pycache__/", "*.db", "instance/", ".env", ".pytest_cache/", ".ruff_cache/")
_SHARED = {
    "app/passwords.py": "passwords.py.j2",
    "app/models/{name}.py": "model.py.j2",
    "app/schemas/{name}.py": "schemas.py.j2",
    "app/services/{plural}.py": "service.py.j2",
    "pyproject.toml": "pyproject.toml.j2",
    "README.md": "README.md.j2",
    "tests/__init__.py": "tests_init.py.j2",
    "tests/test_accounts.py": "test_accounts.py.j2",
}


def python_project(
    account: Account, render: Render, own: dict[str, str], values: dict[str, object]
) -> list[Unit]:
    """The project whose files `own` a framework adds, by the template of each.

    `values` are those of the framework: `flask`, `base`, `base_import`, `stack_line`, `run`, `data`
    and `packages`, the names of what it needs.
    """
    columns = [column(it) for it in account.fields]
    title = f"{account.words.title()} accounts"
    known: dict[str, object] = {
        **values,
        "account": account,
        "columns": columns,
        "decimals": any(it.type == "Decimal" for it in columns),
        "title": title,
        "slug": title.lower().replace(" ", "-"),
        "packages": python_requirements(*_names(values)),
        "development": python_requirements("pytest", "httpx2", "ruff"),
        "imported": imported,
        "signature": signature,
    }
    names = {"name": account.name, "plural": account.plural}
    found = {path.format(**names): render(it, **known) for path, it in {**_SHARED, **own}.items()}
    exported = f"from app.models.{account.name} import {account.kind}"
    found["app/models/__init__.py"] = f'{exported}\n\n__all__ = ["{account.kind}"]\n'
    url = f"DATABASE_URL={_POSTGRES}\n" if account.database == "postgresql" else ""
    found[".env.example"] = f"JWT_SECRET=\n{url}"
    found[".gitignore"] = "".join(f"{it}\n" for it in _IGNORED)
    for package in {path.rpartition("/")[0] for path in found if path.startswith("app/")}:
        found.setdefault(f"{package}/__init__.py", "")
    return [Unit(path, "create", text=text) for path, text in sorted(found.items())]


def _names(values: dict[str, object]) -> list[str]:
    packages = values["packages"]
    return [str(it) for it in packages] if isinstance(packages, tuple) else []
