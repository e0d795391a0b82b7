"""Reads the manifests of Python projects: pyproject.toml, requirements files, Pipfile, setup.*"""

from __future__ import annotations

import configparser
import posixpath
import re
from collections.abc import Iterator
from typing import Any

from backwright.facts import code, walk
from backwright.facts.code import Expr, FileFacts
from backwright.index.configs import Configs, is_requirements
from backwright.index.stacks.declared import Declared, is_development, normal

MAX_INCLUDES = 20

_REQUIREMENT = re.compile(
    r"^\s*(?P<name>[A-Za-z0-9][\w.-]*)\s*(?:\[(?P<extras>[^\]]*)\])?\s*(?P<range>[^;#]*)"
)


def manifest_folder(path: str, configs: Configs) -> str | None:
    """The folder for which the file at `path` declares packages; None when it declares none."""
    folder, name = posixpath.split(path)
    if name == "pyproject.toml":
        return folder if _declares(configs.toml(path)) else None
    if name == "setup.cfg":
        parsed = _ini(configs.texts[path])
        return folder if parsed.has_section("metadata") or parsed.has_section("options") else None
    if name in {"Pipfile", "setup.py"}:
        return folder
    if is_requirements(path):
        inside = posixpath.basename(folder) == "requirements"
        return posixpath.dirname(folder) if inside else folder
    return None


def declared(folder: str, configs: Configs, setup: FileFacts | None) -> Declared:
    """What the folder's manifests declare; `setup` holds the facts of its setup.py."""
    found = Declared()
    _pyproject(found, posixpath.join(folder, "pyproject.toml"), configs)
    _pipfile(found, posixpath.join(folder, "Pipfile"), configs)
    _setup_cfg(found, posixpath.join(folder, "setup.cfg"), configs)
    if setup is not None:
        _setup_py(found, setup)
    for path in sorted(configs.texts, key=lambda it: (is_development(_stem(it)), it)):
        if is_requirements(path) and manifest_folder(path, configs) == folder:
            _requirements(found, path, configs, dev=is_development(_stem(path)))
    return found


def sections(folder: str, configs: Configs, name: str) -> set[str]:
    """The sections of an INI file of the folder; empty when it is not there."""
    return set(_ini(configs.texts.get(posixpath.join(folder, name), "")).sections())


def _pyproject(found: Declared, path: str, configs: Configs) -> None:
    content = configs.toml(path)
    project = _table(content.get("project"))
    tools = _table(content.get("tool"))
    poetry = _table(tools.get("poetry"))
    name = project.get("name") or poetry.get("name")
    if _declares(content):
        found.manifest = path
        found.name = str(name or "")
    for line in _texts(project.get("dependencies")):
        _add(found, line)
    for group, lines in _table(project.get("optional-dependencies")).items():
        for line in _texts(lines):
            _add(found, line, dev=is_development(group))
    for lines in _table(content.get("dependency-groups")).values():
        for line in _texts(lines):
            _add(found, line, dev=True)
    _tool_groups(found, tools)
    _poetry(found, poetry)


def _tool_groups(found: Declared, tools: dict[str, Any]) -> None:
    """What uv, pdm and hatch keep in tables of their own."""
    for line in _texts(_table(tools.get("uv")).get("dev-dependencies")):
        _add(found, line, dev=True)
    for lines in _table(_table(tools.get("pdm")).get("dev-dependencies")).values():
        for line in _texts(lines):
            _add(found, line, dev=True)
    for environment in _table(_table(tools.get("hatch")).get("envs")).values():
        table = _table(environment)
        for line in (*_texts(table.get("dependencies")), *_texts(table.get("extra-dependencies"))):
            _add(found, line, dev=True)


def _poetry(found: Declared, poetry: dict[str, Any]) -> None:
    _add_tables(found, _table(poetry.get("dependencies")), dev=False)
    _add_tables(found, _table(poetry.get("dev-dependencies")), dev=True)
    for group, table in _table(poetry.get("group")).items():
        packages = _table(_table(table).get("dependencies"))
        _add_tables(found, packages, dev=group != "main")


def _pipfile(found: Declared, path: str, configs: Configs) -> None:
    content = configs.toml(path)
    if content and not found.manifest:
        found.manifest = path
    _add_tables(found, _table(content.get("packages")), dev=False)
    _add_tables(found, _table(content.get("dev-packages")), dev=True)


def _add_tables(found: Declared, packages: dict[str, Any], *, dev: bool) -> None:
    """Packages as Poetry and Pipenv write them: `name = "^1.2"` or `name = { version = … }`."""
    for name, wanted in packages.items():
        if name == "python":
            continue
        table = _table(wanted)
        version = wanted if isinstance(wanted, str) else table.get("version", "")
        found.add(normal(name), "" if version == "*" else str(version), dev=dev)
        found.extras.update(normal(extra) for extra in _texts(table.get("extras")))


def _setup_cfg(found: Declared, path: str, configs: Configs) -> None:
    parsed = _ini(configs.texts.get(path, ""))
    if not (parsed.has_section("metadata") or parsed.has_section("options")):
        return
    found.manifest = found.manifest or path
    found.name = found.name or parsed.get("metadata", "name", fallback="")
    for line in parsed.get("options", "install_requires", fallback="").splitlines():
        _add(found, line)
    if parsed.has_section("options.extras_require"):
        for group, lines in parsed.items("options.extras_require"):
            for line in lines.splitlines():
                _add(found, line, dev=is_development(group))


def _setup_py(found: Declared, facts: FileFacts) -> None:
    found.manifest = found.manifest or facts.path
    named = {
        step.target.name: step.value
        for step in walk.every_step(facts)
        if isinstance(step, code.Assign) and isinstance(step.target, code.Name)
    }
    for call in walk.calls(facts.steps):
        if walk.dotted(call.function).rpartition(".")[2] != "setup":
            continue
        for argument in call.arguments:
            value: Expr | None = argument.value
            if isinstance(value, code.Name):
                value = named.get(value.name)
            if argument.name == "name" and isinstance(value, code.Text):
                found.name = found.name or value.value
            elif argument.name == "install_requires":
                _add_literals(found, value, dev=False)
            elif argument.name == "extras_require" and isinstance(value, code.Table):
                for key, lines in value.entries:
                    group = key.value if isinstance(key, code.Text) else ""
                    _add_literals(found, lines, dev=is_development(group))


def _add_literals(found: Declared, value: Expr | None, *, dev: bool) -> None:
    for item in value.values if isinstance(value, code.Items) else ():
        if isinstance(item, code.Text):
            _add(found, item.value, dev=dev)


def _requirements(
    found: Declared, path: str, configs: Configs, *, dev: bool, depth: int = 0
) -> None:
    if depth > MAX_INCLUDES:
        return
    found.manifest = found.manifest or path
    text = configs.texts.get(path, "").replace("\\\n", " ")
    for line in text.splitlines():
        option, _, rest = line.strip().partition(" ")
        option, _equals, value = option.partition("=")
        if option in {"-r", "--requirement"}:
            included = posixpath.join(posixpath.dirname(path), (value or rest).strip())
            inner = is_development(_stem(included)) or (dev and "base" not in _stem(included))
            _requirements(found, posixpath.normpath(included), configs, dev=inner, depth=depth + 1)
        elif not line.lstrip().startswith(("-", "#")):
            _add(found, line, dev=dev)


def _add(found: Declared, line: str, *, dev: bool = False) -> None:
    """A package as pip reads it: `name[extra] >= 1.2 ; marker`."""
    match = _REQUIREMENT.match(line)
    if match is None or "://" in line.partition("@")[0]:
        return
    wanted = match["range"].partition(" --")[0].strip().strip("()")
    if wanted and wanted[0] not in "<>=!~@":
        return
    found.add(normal(match["name"]), "" if wanted.startswith("@") else wanted, dev=dev)
    for extra in (match["extras"] or "").split(","):
        if extra.strip():
            found.extras.add(normal(extra.strip()))


def _declares(pyproject: dict[str, Any]) -> bool:
    """Whether the file is more than the settings of tools."""
    tools = _table(pyproject.get("tool"))
    return any(it in pyproject for it in ("project", "dependency-groups", "build-system")) or any(
        it in tools for it in ("poetry", "pdm", "flit", "uv")
    )


def _ini(text: str) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(interpolation=None, strict=False, allow_no_value=True)
    try:
        parsed.read_string(text)
    except configparser.Error:
        return configparser.ConfigParser()
    return parsed


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))
