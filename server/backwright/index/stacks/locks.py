"""Reads lock files: which version of each package is installed.

Lock files are large, so they are read with the lightest means that are exact for what a lock file
looks like, and what was read is kept.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from backwright.index.configs import Configs, read_json
from backwright.index.stacks.declared import normal


@dataclass(frozen=True, slots=True)
class Locked:
    """Versions by name; where several are installed, also by the range or the folder that asks.

    Folders are relative to that of the lock file.
    """

    versions: dict[str, str] = field(default_factory=dict)
    by_range: dict[tuple[str, str], str] = field(default_factory=dict)
    by_folder: dict[tuple[str, str], str] = field(default_factory=dict)


def version(package: str, wanted: str, folder: str, configs: Configs) -> str:
    """The version of `package` that an application in `folder` gets; "" when no lock file says."""
    for path in lock_files(folder, configs):
        inside = posixpath.relpath(folder or ".", posixpath.dirname(path) or ".")
        locked = _read(path, configs)
        found = (
            locked.by_folder.get((inside, package))
            or locked.by_range.get((package, wanted))
            or locked.versions.get(package)
        )
        if found:
            return found
    pinned = re.fullmatch(r"={2,3}\s*([\w.!+-]+)", wanted) or re.fullmatch(
        r"=?(\d[\w.+-]*)", wanted
    )
    return pinned[1] if pinned else ""


def lock_files(folder: str, configs: Configs) -> Iterator[str]:
    """The lock files that hold for `folder`, nearest first."""
    above = folder
    while True:
        for name in READERS:
            path = posixpath.join(above, name)
            if path in configs.texts:
                yield path
        if not above:
            return
        above = posixpath.dirname(above)


def _read(path: str, configs: Configs) -> Locked:
    return _parsed(posixpath.basename(path), configs.texts[path])


@lru_cache(maxsize=32)
def _parsed(name: str, text: str) -> Locked:
    try:
        return READERS[name](text)
    except (ValueError, TypeError, AttributeError):  # not what such a file should be
        return Locked()


_PINNED = re.compile(r"={2,3}\s*([\w.!+-]+)|=?(\d[\w.+-]*)")
"""A range that only one version fits, as pip or npm writes it."""

_TOML_PACKAGE = re.compile(r'^name = "([^"]+)"\r?\nversion = "([^"]+)"', re.MULTILINE)


def _toml(text: str) -> Locked:
    return Locked({normal(name): version for name, version in _TOML_PACKAGE.findall(text)})


def _pipfile(text: str) -> Locked:
    content = json.loads(text)
    return Locked(
        {
            normal(name): str(entry.get("version", "")).lstrip("=")
            for group in ("develop", "default")
            for name, entry in content.get(group, {}).items()
        }
    )


def _npm(text: str) -> Locked:
    content = json.loads(text)
    locked = Locked()
    for path, entry in content.get("packages", {}).items():
        inside, found, name = path.rpartition("node_modules/")
        if not found or "node_modules" in inside or "version" not in entry:
            continue
        if inside:
            locked.by_folder[inside.rstrip("/"), name] = entry["version"]
        else:
            locked.versions[name] = entry["version"]
    for name, entry in content.get("dependencies", {}).items():  # before npm 7
        locked.versions.setdefault(name, str(entry.get("version", "")))
    return locked


_YARN_ENTRY = re.compile(r'^("?[^\s#].*):\r?\n  version:? "?([^"\s]+)"?', re.MULTILINE)


def _yarn(text: str) -> Locked:
    locked = Locked()
    for heads, found in _YARN_ENTRY.findall(text):
        for head in heads.replace('"', "").split(","):
            name, _, wanted = head.strip().rpartition("@")
            protocol, _, plain = wanted.rpartition(":")
            if protocol in {"", "npm"} and name:
                locked.by_range[name, plain] = found
                locked.versions.setdefault(name, found)
    return locked


_PNPM_PACKAGE = re.compile(r"^  ['\"]?/?(@?[^@'\"\s(]+)[@/](\d[^:('\"\s_]*)", re.MULTILINE)
_PNPM_LINE = re.compile(r"^( *)['\"]?([^'\":]+)['\"]?:(?: +['\"]?([^'\"]*?)['\"]?)?$")


def _pnpm(text: str) -> Locked:
    """Direct dependencies stand under their importer, or at the top where there is only one."""
    locked = Locked()
    for name, found in _PNPM_PACKAGE.findall(text):
        locked.versions.setdefault(name, found)
    keys: list[str] = []
    for line in text.splitlines():
        parts = _PNPM_LINE.match(line)
        if parts is None:
            continue
        keys[len(parts[1]) // 2 :] = [parts[2]]
        of_importer = keys[0] == "importers" and len(keys) > 2
        importer, rest = (keys[1], keys[2:]) if of_importer else (".", keys)
        found = re.split(r"[(_]", parts[3] or "")[0]
        match rest:
            case [group, package] | [group, package, "version"] if group.endswith("ependencies"):
                if found[:1].isdigit():
                    locked.by_folder[importer, package] = found
            case _:
                pass
    return locked


def _bun(text: str) -> Locked:
    locked = Locked()
    packages: dict[str, Any] = read_json(text).get("packages", {})
    for name, entry in packages.items():
        found = str(entry[0]).rpartition("@")[2] if isinstance(entry, list) and entry else ""
        if found:
            locked.versions[name] = found
    return locked


_GEM = re.compile(r"^    (\S+) \(([^()\s]+)\)$", re.MULTILINE)


def _bundler(text: str) -> Locked:
    """Gems stand four spaces deep, what they need deeper; a platform follows the version."""
    return Locked({name: found.partition("-")[0] for name, found in _GEM.findall(text)})


READERS: dict[str, Callable[[str], Locked]] = {
    "uv.lock": _toml,
    "poetry.lock": _toml,
    "pdm.lock": _toml,
    "Pipfile.lock": _pipfile,
    "package-lock.json": _npm,
    "npm-shrinkwrap.json": _npm,
    "yarn.lock": _yarn,
    "pnpm-lock.yaml": _pnpm,
    "bun.lock": _bun,
    "bun.lockb": lambda _: Locked(),
    "Gemfile.lock": _bundler,
}
