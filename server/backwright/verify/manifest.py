"""Adds packages to the manifest that a project has, in the form that manifest has."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import tomlkit
from tomlkit.items import Array

from backwright.verify.packages import Package, normal


class NoPlaceError(Exception):
    """The manifest has no form that is known here; a person has to add the package."""


def with_packages(path: str, text: str, packages: Sequence[Package]) -> str:
    """The text of the manifest at `path` with the packages added.

    Raises NoPlaceError for a kind of manifest that can't be edited safely.
    """
    name = path.rpartition("/")[2]
    if name == "package.json":
        return _package_json(text, packages)
    if name == "pyproject.toml":
        return _pyproject(text, packages)
    if name == "Pipfile":
        return _pipfile(text, packages)
    if name.endswith(".txt"):
        return _requirements(text, packages)
    raise NoPlaceError(name)


def _package_json(text: str, packages: Sequence[Package]) -> str:
    try:
        content = json.loads(text)
    except ValueError:
        raise NoPlaceError("package.json is not valid JSON") from None
    found = re.search(r"\n([ \t]+)\"", text)
    indent = found[1] if found else "  "
    for table in ("dependencies", "devDependencies"):
        new = {
            it.name: it.requires or "*"
            for it in packages
            if it.development == (table[0:3] == "dev")
        }
        if not new:
            continue
        entries = dict(sorted({**content.get(table, {}), **new}.items()))
        written = json.dumps(entries, indent=indent, ensure_ascii=False).replace(
            "\n", f"\n{indent}"
        )
        text = _with_table(text, table, written, indent)
    return text


def _with_table(text: str, table: str, written: str, indent: str) -> str:
    """The manifest with a table of packages; everything else stays as it is written."""
    there = re.search(rf'"{table}"\s*:\s*(\{{[^{{}}]*\}})', text)
    if there is not None:
        return text[: there.start(1)] + written + text[there.end(1) :]
    end = text.rstrip().rfind("}")
    before = text[:end].rstrip()
    comma = "" if before.endswith("{") else ","
    return f'{before}{comma}\n{indent}"{table}": {written}\n{text[end:]}'


def _requirements(text: str, packages: Sequence[Package]) -> str:
    lines = text.splitlines()
    for package in packages:
        entry = f"{package.name}{package.requires}"
        names = [_required_name(line) for line in lines]
        listed = [name for name in names if name]
        ordered = len(listed) > 1 and listed == sorted(listed)
        later = (at for at, name in enumerate(names) if name > normal(package.name))
        lines.insert(next(later, len(lines)) if ordered else len(lines), entry)
    return "\n".join(lines) + "\n"


def _required_name(line: str) -> str:
    match = re.match(r"[A-Za-z0-9][\w.-]*", line)
    return normal(match[0]) if match else ""


def _pyproject(text: str, packages: Sequence[Package]) -> str:
    document: Any = tomlkit.parse(text)
    poetry = document.get("tool", {}).get("poetry", {})
    for package in packages:
        if "project" in document and not (poetry and "dependencies" in poetry):
            array = (
                _development_array(document) if package.development else _runtime_array(document)
            )
            _append(array, f"{package.name}{package.requires}")
        elif poetry:
            _poetry_table(poetry, development=package.development)[package.name] = (
                package.requires or "*"
            )
        else:
            raise NoPlaceError("pyproject.toml has no table of dependencies")
    return tomlkit.dumps(document)


def _runtime_array(document: Any) -> Array:
    project = document["project"]
    if "dependencies" in project.get("dynamic", ()):
        raise NoPlaceError("the dependencies in pyproject.toml are dynamic")
    if "dependencies" not in project:
        project["dependencies"] = tomlkit.array()
    array: Array = project["dependencies"]
    return array


def _development_array(document: Any) -> Array:
    """The list of development packages: a dependency group or an extra that is there, else new."""
    extras = document["project"].get("optional-dependencies", {})
    groups = document.get("dependency-groups", {})
    for table in (groups, extras):
        for name in ("dev", "test", "tests", "testing"):
            if name in table:
                array: Array = table[name]
                return array
    if "dependency-groups" not in document:
        document["dependency-groups"] = tomlkit.table()
    document["dependency-groups"]["dev"] = tomlkit.array()
    created: Array = document["dependency-groups"]["dev"]
    return created


def _append(array: Array, entry: str) -> None:
    """One more entry, on a line of its own where the others are."""
    written = array.as_string()
    names = [_required_name(str(it)) for it in array]
    ordered = len(names) > 1 and names == sorted(names)
    at = next((i for i, it in enumerate(names) if it > _required_name(entry)), len(names))
    at = at if ordered else len(names)
    if "\n" in written:
        array.insert(at, entry)
        if array.as_string().count("\n") == written.count("\n"):
            array.multiline(multiline=True)
    else:
        array.insert(at, entry)


def _poetry_table(poetry: Any, *, development: bool) -> Any:
    if not development:
        return poetry["dependencies"]
    groups = poetry.setdefault("group", tomlkit.table(is_super_table=True))
    group = groups.get("dev") or groups.get("test")
    if group is None:
        group = groups["dev"] = tomlkit.table()
    return group.setdefault("dependencies", tomlkit.table())


def _pipfile(text: str, packages: Sequence[Package]) -> str:
    document: Any = tomlkit.parse(text)
    for package in packages:
        name = "dev-packages" if package.development else "packages"
        document.setdefault(name, tomlkit.table())[package.name] = package.requires or "*"
    return tomlkit.dumps(document)
