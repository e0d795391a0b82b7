"""What pytest collects: the patterns of files, classes and functions that a project may change."""

from __future__ import annotations

import configparser
import posixpath
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from backwright.index.configs import Configs

_FILES = ("test_*.py", "*_test.py")
_UNITTEST = re.compile(r"^(test.*|.*_tests?|tests)\.py$")


@dataclass(frozen=True, slots=True)
class Patterns:
    files: tuple[str, ...] = _FILES
    classes: tuple[str, ...] = ("Test",)
    functions: tuple[str, ...] = ("test",)

    def collects(self, path: str) -> bool:
        name = posixpath.basename(path)
        return any(
            fnmatchcase(name, pattern) or fnmatchcase(path, pattern) for pattern in self.files
        )

    def is_class(self, name: str) -> bool:
        return any(_named(name, pattern) for pattern in self.classes)

    def is_function(self, name: str) -> bool:
        return any(_named(name, pattern) for pattern in self.functions)


def may_hold_cases(path: str) -> bool:
    """Whether unittest (or Django) looks for test cases in the file."""
    return _UNITTEST.match(posixpath.basename(path)) is not None


def patterns_for(path: str, configs: Configs) -> Patterns:
    """The patterns of the nearest configuration of pytest above the file."""
    folder = posixpath.dirname(path)
    while True:
        options = _options(folder, configs)
        if options is not None:
            return Patterns(
                _words(options.get("python_files")) or _FILES,
                _words(options.get("python_classes")) or ("Test",),
                _words(options.get("python_functions")) or ("test",),
            )
        if not folder:
            return Patterns()
        folder = posixpath.dirname(folder)


def _options(folder: str, configs: Configs) -> dict[str, object] | None:
    for name, section in (
        ("pytest.ini", "pytest"),
        ("tox.ini", "pytest"),
        ("setup.cfg", "tool:pytest"),
    ):
        text = configs.texts.get(posixpath.join(folder, name))
        if text is not None and (options := _section(text, section)) is not None:
            return options
    tools = configs.toml(posixpath.join(folder, "pyproject.toml")).get("tool")
    pytest = tools.get("pytest") if isinstance(tools, dict) else None
    if not isinstance(pytest, dict):
        return None
    options = pytest.get("ini_options", pytest)
    return options if isinstance(options, dict) else {}


def _section(text: str, section: str) -> dict[str, object] | None:
    parsed = configparser.ConfigParser(interpolation=None, strict=False, allow_no_value=True)
    try:
        parsed.read_string(text)
    except configparser.Error:
        return None
    return dict(parsed.items(section)) if parsed.has_section(section) else None


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(value.split())
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _named(name: str, pattern: str) -> bool:
    return name.startswith(pattern) or ("*" in pattern and fnmatchcase(name, pattern))
