"""How an application is installed, tested and linted: its package manager and its commands."""

from __future__ import annotations

import posixpath

from backwright.index.configs import Configs
from backwright.index.stacks import node, python
from backwright.index.stacks.declared import Declared

_NODE_LOCKS = {
    "package-lock.json": "npm",
    "npm-shrinkwrap.json": "npm",
    "yarn.lock": "yarn",
    "pnpm-lock.yaml": "pnpm",
    "pnpm-workspace.yaml": "pnpm",
    "bun.lock": "bun",
    "bun.lockb": "bun",
}
_PYTHON_LOCKS = {
    "uv.lock": "uv",
    "poetry.lock": "poetry",
    "pdm.lock": "pdm",
    "Pipfile.lock": "pipenv",
    "Pipfile": "pipenv",
}
_PYTHON_TOOLS = ("poetry", "uv", "pdm", "hatch")
_RUN = {
    "poetry": "poetry run ",
    "uv": "uv run ",
    "pdm": "pdm run ",
    "pipenv": "pipenv run ",
    "hatch": "hatch run ",
    "npm": "npx ",
    "yarn": "yarn ",
    "pnpm": "pnpm exec ",
    "bun": "bunx ",
}


def python_manager(folder: str, configs: Configs) -> str:
    for name, manager in _PYTHON_LOCKS.items():
        if _has(folder, name, configs):
            return manager
    tools = _tools(folder, configs)
    for tool in _PYTHON_TOOLS:
        if tool in tools:
            return tool
    above = folder
    while above:
        above = posixpath.dirname(above)
        uv = _tools(above, configs).get("uv")
        if isinstance(uv, dict) and "workspace" in uv:
            return "uv"
    return "pip"


def node_manager(folder: str, configs: Configs) -> str:
    above = folder
    while True:
        named = configs.json(posixpath.join(above, "package.json")).get("packageManager")
        if isinstance(named, str):
            return named.partition("@")[0]
        for name, manager in _NODE_LOCKS.items():
            if posixpath.join(above, name) in configs.texts:
                return manager
        if not above:
            return "npm"
        above = posixpath.dirname(above)


def python_test(
    folder: str, manager: str, found: Declared, configs: Configs, imported: set[str]
) -> str:
    """`imported` are the modules that the tests import."""
    run = _RUN.get(manager, "")
    if (
        _pytest_configured(folder, configs)
        or found.has("pytest", "pytest-django", "pytest-asyncio")
        or "pytest" in imported
    ):
        return f"{run}pytest"
    if _has(folder, "tox.ini", configs) or found.has("tox"):
        return f"{run}tox"
    if found.has("nox"):
        return f"{run}nox"
    return f"{run}python -m unittest" if "unittest" in imported else ""


def python_lint(folder: str, manager: str, found: Declared, configs: Configs) -> str:
    run, tools = _RUN.get(manager, ""), _tools(folder, configs)
    here = {name for name in ("ruff.toml", ".ruff.toml", ".flake8") if _has(folder, name, configs)}
    if found.has("ruff") or "ruff" in tools or here & {"ruff.toml", ".ruff.toml"}:
        return f"{run}ruff check ."
    flake8 = "flake8" in python.sections(folder, configs, "setup.cfg") | python.sections(
        folder, configs, "tox.ini"
    )
    if found.has("flake8") or ".flake8" in here or flake8:
        return f"{run}flake8"
    return f"{run}pylint ." if found.has("pylint") or "pylint" in tools else ""


def node_test(folder: str, manager: str, found: Declared, configs: Configs) -> str:
    if "test" in found.scripts:
        return "bun run test" if manager == "bun" else f"{manager} test"
    named = next((name for name in found.scripts if name.startswith("test")), None)
    if named is not None:
        return f"{manager} run {named}"
    above = node.workspace_of(folder, configs)
    for package, command in (("vitest", "vitest run"), ("jest", "jest"), ("mocha", "mocha")):
        if found.has(package) or above.has(package):
            return f"{_RUN.get(manager, '')}{command}"
    return ""


def node_lint(folder: str, manager: str, found: Declared, configs: Configs) -> str:
    for name in ("lint", "lint:check", "eslint"):
        if name in found.scripts:
            return f"yarn {name}" if manager == "yarn" else f"{manager} run {name}"
    above = node.workspace_of(folder, configs)
    run = _RUN.get(manager, "")
    if found.has("eslint") or above.has("eslint"):
        return f"{run}eslint ."
    if found.has("@biomejs/biome") or above.has("@biomejs/biome"):
        return f"{run}biome check ."
    return ""


def _pytest_configured(folder: str, configs: Configs) -> bool:
    return (
        _has(folder, "pytest.ini", configs)
        or "pytest" in _tools(folder, configs)
        or "tool:pytest" in python.sections(folder, configs, "setup.cfg")
        or "pytest" in python.sections(folder, configs, "tox.ini")
    )


def _tools(folder: str, configs: Configs) -> dict[str, object]:
    tools = configs.toml(posixpath.join(folder, "pyproject.toml")).get("tool")
    return tools if isinstance(tools, dict) else {}


def _has(folder: str, name: str, configs: Configs) -> bool:
    return posixpath.join(folder, name) in configs.texts
