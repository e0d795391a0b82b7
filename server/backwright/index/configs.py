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
        "pyproject.toml",
        "requirements.txt",
        "requirements-dev.txt",
        "setup.cfg",
        "Pipfile",
        "poetry.lock",
        "uv.lock",
        "package-lock.json",
    }
)

_COMMENTS = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')


@dataclass(slots=True)
class Configs:
    """Parsed configuration files by their path; one that can't be read is missing."""

    texts: dict[str, str] = field(default_factory=dict)
    _json: dict[str, dict[str, Any]] = field(default_factory=dict)

    def json(self, path: str) -> dict[str, Any]:
        """The object in the file, comments and trailing commas allowed; {} when there is none."""
        if path not in self._json:
            self._json[path] = read_json(self.texts.get(path, ""))
        return self._json[path]

    def toml(self, path: str) -> dict[str, Any]:
        try:
            return tomllib.loads(self.texts.get(path, ""))
        except tomllib.TOMLDecodeError:
            return {}

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


def read_json(text: str) -> dict[str, Any]:
    plain = _COMMENTS.sub(lambda match: match.group(1) or "", text)
    plain = _TRAILING.sub(lambda match: match.group(1) or "", plain)
    try:
        value = json.loads(plain)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
