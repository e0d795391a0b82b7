"""The project's own configuration files, as far as resolving names needs them."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

CONFIG_NAMES = frozenset(
    {
        "package.json",
        "tsconfig.json",
        "tsconfig.base.json",
        "jsconfig.json",
        "pnpm-workspace.yaml",
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "bun.lock",
        "bun.lockb",
        ".mocharc.json",
        ".mocharc.yml",
        ".mocharc.yaml",
        ".eslintrc",
        ".eslintrc.json",
        ".eslintrc.yml",
        ".eslintrc.yaml",
        "biome.json",
        "biome.jsonc",
        "pyproject.toml",
        "setup.cfg",
        "Pipfile",
        "Pipfile.lock",
        "poetry.lock",
        "uv.lock",
        "pdm.lock",
        "tox.ini",
        "pytest.ini",
        ".flake8",
        "ruff.toml",
        ".ruff.toml",
        "Gemfile.lock",
        ".rspec",
        ".rubocop.yml",
        "database.yml",
    }
)
_KEPT = (".prisma", ".graphql", ".graphqls", ".gql")
"""Schemas, of which the text is kept."""
MAX_CONFIG_BYTES = 16 * 1024 * 1024
"""Lock files of large projects are large; beyond this it is no configuration."""

_REQUIREMENTS = re.compile(r"(^|/)([^/]*requirements[^/]*|requirements/[^/]+)\.(txt|in)$")

_COMMENTS = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')


def is_config(path: str) -> bool:
    """Whether the file is kept as a text beside the facts of the sources."""
    name = posixpath.basename(path)
    return name in CONFIG_NAMES or name.endswith(_KEPT) or is_requirements(path)


def is_requirements(path: str) -> bool:
    """Whether the file lists packages for pip: `requirements-dev.txt`, `requirements/base.txt`."""
    return _REQUIREMENTS.search(path) is not None


@dataclass(slots=True)
class Configs:
    """Parsed configuration files by their path; one that can't be read is missing."""

    texts: dict[str, str] = field(default_factory=dict)
    _json: dict[str, dict[str, Any]] = field(default_factory=dict)
    _toml: dict[str, dict[str, Any]] = field(default_factory=dict)

    def json(self, path: str) -> dict[str, Any]:
        """The object in the file, comments and trailing commas allowed; {} when there is none."""
        if path not in self._json:
            self._json[path] = read_json(self.texts.get(path, ""))
        return self._json[path]

    def toml(self, path: str) -> dict[str, Any]:
        """The table in the file; {} when there is none."""
        if path not in self._toml:
            self._toml[path] = read_toml(self.texts.get(path, ""))
        return self._toml[path]

    def named(self, name: str) -> list[str]:
        """The paths of all files of that name, outermost first."""
        found = [path for path in self.texts if posixpath.basename(path) == name]
        return sorted(found, key=lambda path: (path.count("/"), path))

    def nearest(self, file: str, *names: str) -> str | None:
        """The closest file of one of `names` in the folders above `file`."""
        folder = posixpath.dirname(file)
        while True:
            for name in names:
                path = posixpath.join(folder, name)
                if path in self.texts:
                    return path
            if not folder:
                return None
            folder = posixpath.dirname(folder)


def read_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def read_json(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return _read_lenient(text)
    return value if isinstance(value, dict) else {}


def _read_lenient(text: str) -> dict[str, Any]:
    plain = _COMMENTS.sub(lambda match: match.group(1) or "", text)
    plain = _TRAILING.sub(lambda match: match.group(1) or "", plain)
    try:
        value = json.loads(plain)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
