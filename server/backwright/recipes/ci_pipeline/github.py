"""The pipeline as a workflow of GitHub Actions."""

from __future__ import annotations

import posixpath
import re

from backwright.recipes.ci_pipeline.checks import Checks
from backwright.recipes.infrastructure.services import Service, services
from backwright.recipes.infrastructure.yaml_text import Value

_CHECKOUT = "actions/checkout@v6"
_NODE = "actions/setup-node@v6"
_PYTHON = "actions/setup-python@v6"
_UV = "astral-sh/setup-uv@v7"
_PNPM = "pnpm/action-setup@v4"
_CACHED = {"npm", "yarn", "pnpm", "pip", "pipenv", "poetry"}
_MINUTES = 15


def github(checks: Checks) -> dict[str, Value]:
    job: dict[str, Value] = {"runs-on": "ubuntu-latest", "timeout-minutes": _MINUTES}
    if len(checks.versions) > 1:
        job["strategy"] = {"fail-fast": False, "matrix": {"version": list(checks.versions)}}
    if checks.root:
        job["defaults"] = {"run": {"working-directory": checks.root}}
    if checks.services:
        job["services"] = {services()[it].host: _service(services()[it]) for it in checks.services}
    environment = checks.environment("127.0.0.1")
    if environment:
        job["env"] = dict(environment)
    job["steps"] = [{"uses": _CHECKOUT, "with": {"persist-credentials": False}}, *_steps(checks)]
    branch = default_branch(checks)
    return {
        "name": "CI",
        "on": {"push": {"branches": [branch]}, "pull_request": None},
        "permissions": {"contents": "read"},
        "concurrency": {
            "group": "ci-${{ github.workflow }}-${{ github.ref }}",
            "cancel-in-progress": True,
        },
        "jobs": {"check": job},
    }


def default_branch(checks: Checks) -> str:
    """The branch that the clone takes for the main one."""
    text = checks.project.situation.source(".git/refs/remotes/origin/HEAD")
    found = re.search(r"refs/remotes/origin/(\S+)", text)
    return found[1] if found else "main"


def _steps(checks: Checks) -> list[Value]:
    setup = _node(checks) if checks.app.language == "node" else _python(checks)
    libraries = checks.app.build_libraries
    system: list[Value] = []
    if libraries:
        command = f"sudo apt-get update && sudo apt-get install --yes {' '.join(libraries)}"
        system.append({"name": "Libraries", "run": command})
    commands: list[Value] = [
        {"name": title.capitalize(), "run": command} for title, command in checks.commands
    ]
    install: Value = {"name": "Install", "run": checks.app.install.everything}
    return [*setup, *system, install, *commands]


def _version(checks: Checks) -> str:
    return "${{ matrix.version }}" if len(checks.versions) > 1 else checks.versions[0]


def _node(checks: Checks) -> list[Value]:
    install = checks.app.install
    options: dict[str, Value] = {"node-version": _version(checks)}
    name = install.manager.partition("-")[0]
    if install.lock and name in _CACHED:
        options["cache"] = name
        if checks.root:
            options["cache-dependency-path"] = posixpath.join(checks.root, install.lock)
    steps: list[Value] = [{"uses": _NODE, "with": options}]
    if install.manager == "pnpm":
        pinned: dict[str, Value] = {"uses": _PNPM}
        with_: dict[str, Value] = {}
        if install.setup.startswith("npm"):
            with_["version"] = 10
        if checks.root:
            with_["package_json_file"] = posixpath.join(checks.root, "package.json")
        return [{**pinned, "with": with_} if with_ else pinned, *steps]
    if install.manager == "yarn-berry":
        return [{"name": "Yarn", "run": install.setup}, *steps]
    if install.manager == "bun":
        return [*steps, {"name": "Bun", "run": install.setup}]
    return steps


def _python(checks: Checks) -> list[Value]:
    install, manifest = checks.app.install, checks.project.situation.stack.manifest
    options: dict[str, Value] = {"python-version": _version(checks)}
    if install.manager == "uv":
        return [{"uses": _UV, "with": {**options, "enable-cache": True}}]
    cached = install.manager in _CACHED and (install.lock or install.manager == "pip")
    if cached:
        options["cache"] = install.manager
        lock = posixpath.join(checks.root, install.lock) if install.lock else manifest
        options["cache-dependency-path"] = lock
    setup: Value = {"uses": _PYTHON, "with": options}
    if install.manager == "pip":
        return [setup]
    # The cache is looked up with the manager itself: it has to be there first.
    tool: Value = {"name": install.manager.capitalize(), "run": f"pipx install {install.manager}"}
    return [tool, setup]


def _service(service: Service) -> dict[str, Value]:
    content: dict[str, Value] = {"image": service.image}
    if service.open.environment:
        content["env"] = dict(service.open.environment)
    content["ports"] = [f"{service.port}:{service.port}"]
    health = (service.open.health or service.health).replace('"', '\\"')
    content["options"] = (
        f'--health-cmd "{health}" --health-interval 5s --health-timeout 5s --health-retries 20'
    )
    return content
