"""Which folders of a workspace are applications, and which sources each of them holds."""

from __future__ import annotations

import posixpath
import re

from backwright.facts.code import FileFacts
from backwright.index.configs import Configs
from backwright.index.stacks import node, python, ruby
from backwright.index.testfiles import is_test

_ASIDE = frozenset(
    {
        "docs",
        "doc",
        "scripts",
        "tools",
        "static",
        "templates",
        "public",
        "assets",
        "dist",
        "build",
        "vendor",
        ".github",
        ".storybook",
    }
)
"""Folders whose sources do not make an application of what is around them."""

_SETTINGS = re.compile(
    r"(^|/)(setup\.py|noxfile\.py|conftest\.py|gulpfile\.js|Gruntfile\.js|\.?[\w.-]+rc\.[cm]?js"
    r"|[\w.-]+\.config\.[cm]?[jt]s|[\w.-]+\.setup\.[cm]?[jt]s)$"
)


def applications(files: dict[str, FileFacts], configs: Configs) -> dict[str, list[str]]:
    """The sources of each application by its folder; tests and settings are not counted.

    A folder is one when it is the nearest that declares packages for some source. Without any
    manifest the whole workspace is one.
    """
    in_python, in_node = _manifest_folders(files, configs)
    named = (ruby.manifest_folder(path) for path in files)
    in_ruby = frozenset(folder for folder in named if folder is not None)
    either = in_python | in_node | in_ruby
    by_language = {"python": in_python, "ruby": in_ruby}
    found: dict[str, list[str]] = {}
    every: dict[str, list[str]] = {}
    for path, facts in files.items():
        folder = _nearest(path, by_language.get(facts.language, in_node))
        if folder is None:
            folder = _nearest(path, either) or ""
        every.setdefault(folder, []).append(path)
        if not is_test(path) and not _is_aside(path, folder):
            found.setdefault(folder, []).append(path)
    return found or every


def _manifest_folders(
    files: dict[str, FileFacts], configs: Configs
) -> tuple[frozenset[str], frozenset[str]]:
    """The folders that declare packages of Python, and those that declare packages of Node."""
    paths = [*configs.texts, *(path for path in files if path.endswith("setup.py"))]
    in_python = (python.manifest_folder(path, configs) for path in paths)
    in_node = (node.manifest_folder(path, configs) for path in configs.texts)
    return (
        frozenset(folder for folder in in_python if folder is not None),
        frozenset(folder for folder in in_node if folder is not None),
    )


def _nearest(path: str, folders: frozenset[str]) -> str | None:
    folder = posixpath.dirname(path)
    while folder not in folders:
        if not folder:
            return None
        folder = posixpath.dirname(folder)
    return folder


def _is_aside(path: str, folder: str) -> bool:
    inside = path[len(folder) :].lstrip("/")
    parts = posixpath.dirname(inside).split("/")
    return bool(_ASIDE & set(parts)) or bool(_SETTINGS.search(path))
