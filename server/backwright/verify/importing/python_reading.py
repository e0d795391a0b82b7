"""What the imports of a Python file bind, and which modules they mean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath

from tree_sitter import Node

from backwright.syntax.tree import text
from backwright.verify.importing.nodes import is_python_import

_TRY_PARTS = frozenset({"try_statement", "block", "except_clause", "else_clause", "finally_clause"})


@dataclass(frozen=True, slots=True)
class Import:
    """One name imported: `name` is "" for a plain `import module`, `*` for all."""

    module: str
    name: str = ""
    alias: str = ""

    @property
    def bound(self) -> str:
        return self.alias or self.name or self.module.split(".")[0]

    @property
    def entry(self) -> str:
        named = self.name or self.module
        return f"{named} as {self.alias}" if self.alias else named

    @property
    def statement(self) -> str:
        return f"from {self.module} import {self.entry}" if self.name else f"import {self.entry}"


@dataclass(frozen=True, slots=True)
class Statement:
    """An import statement of the file, with the node of each entry."""

    node: Node
    imports: tuple[Import, ...]
    entries: tuple[Node, ...]

    @property
    def module(self) -> str:
        return self.imports[0].module

    @property
    def is_from(self) -> bool:
        return bool(self.imports[0].name)


class Group(IntEnum):
    FUTURE = 0
    STANDARD = 1
    THIRD_PARTY = 2
    LOCAL = 3


def read_statement(node: Node) -> Statement:
    entries = tuple(node.children_by_field_name("name"))
    module = node.child_by_field_name("module_name")
    if node.type == "future_import_statement":
        origin = "__future__"
    else:
        origin = "" if module is None else "".join(text(module).split())
    if origin and not entries:  # from module import *
        return Statement(node, (Import(origin, "*"),), ())
    return Statement(node, tuple(_entry(origin, entry) for entry in entries), entries)


def _entry(module: str, node: Node) -> Import:
    name, alias = node, ""
    if node.type == "aliased_import":
        name = node.child_by_field_name("name") or node
        alias = text(node.child_by_field_name("alias") or node)
    plain = "".join(text(name).split())
    return Import(module, plain, alias) if module else Import(plain, "", alias)


def guarded(node: Node) -> Iterator[Node]:
    """The imports that stand in a `try` of the module."""
    inner = _TRY_PARTS if node.type in _TRY_PARTS else {"try_statement"}
    for child in node.named_children:
        if node.parent is not None and is_python_import(child):
            yield child
        elif child.type in inner:
            yield from guarded(child)


# Modules


def absolute(module: str, path: str) -> str:
    """A relative module as it is called from outside, as far as the path tells."""
    dots = len(module) - len(module.lstrip("."))
    if not dots:
        return module
    folder = PurePosixPath(path).parent.parts
    folder = folder[1:] if folder[:1] == ("src",) else folder
    above = folder[: len(folder) - (dots - 1)]
    return ".".join([*above, module[dots:]]).strip(".")


def own_module(path: str) -> str:
    parts = PurePosixPath(path).with_suffix("").parts
    parts = parts[1:] if parts[:1] == ("src",) else parts
    return ".".join(parts[:-1] if parts[-1:] == ("__init__",) else parts)


def meaning(one: Import, path: str) -> str:
    """What an import stands for: `from app import models` and `import app.models as models`
    mean the same."""
    module = absolute(one.module, path)
    return f"{module}.{one.name}" if one.name else module


def group_of(module: str, path: str, exists: Callable[[str], bool]) -> Group:
    if module == "__future__":
        return Group.FUTURE
    root = module.split(".")[0]
    if not root:
        return Group.LOCAL
    if root in sys.stdlib_module_names:
        return Group.STANDARD
    inner = module.replace(".", "/")
    for folder in (PurePosixPath(path).parent, *PurePosixPath(path).parent.parents):
        for base in (folder, folder / "src"):
            places = (f"{inner}.py", f"{inner}/__init__.py", f"{root}.py", f"{root}/__init__.py")
            if any(exists(str(base / it)) for it in places):
                return Group.LOCAL
    return Group.LOCAL if root == own_module(path).split(".")[0] else Group.THIRD_PARTY
