"""What the imports of a JavaScript or TypeScript file bind, those by `require` included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tree_sitter import Node

from backwright.syntax.tree import text
from backwright.verify.importing.nodes import required, required_module, unquoted


@dataclass(frozen=True, slots=True)
class Import:
    """One thing imported: `default` and `all` bind the module, `name` one of its exports, `side`
    nothing. In CommonJS `default` and `all` are the same."""

    kind: Literal["default", "all", "name", "side"]
    module: str
    local: str = ""
    name: str = ""
    is_type: bool = False

    def means(self, other: Import) -> bool:
        mine, yours = (self.kind, self.name), (other.kind, other.name)
        whole = {self.kind, other.kind} <= {"default", "all"}
        return same_module(self.module, other.module) and (whole or mine == yours)


@dataclass(frozen=True, slots=True)
class Statement:
    node: Node
    imports: tuple[Import, ...]

    @property
    def module(self) -> str:
        return self.imports[0].module if self.imports else ""

    @property
    def is_local(self) -> bool:
        return self.module.startswith((".", "@/", "~/", "#"))


def read_statement(node: Node) -> Statement:
    if node.type == "import_statement":
        return Statement(node, tuple(_esm(node)))
    return Statement(node, tuple(_commonjs(node)))


def _esm(node: Node) -> Iterator[Import]:
    source = node.child_by_field_name("source")
    module = unquoted(source) if source is not None else ""
    is_type = any(child.type == "type" for child in node.children)
    clause = next((it for it in node.named_children if it.type == "import_clause"), None)
    if clause is None:
        yield Import("side", module)
        return
    for part in clause.named_children:
        if part.type == "identifier":
            yield Import("default", module, text(part), is_type=is_type)
        elif part.type == "namespace_import":
            yield Import("all", module, text(part.named_children[-1]), is_type=is_type)
        for it in part.named_children if part.type == "named_imports" else ():
            name = text(it.child_by_field_name("name") or it)
            alias = it.child_by_field_name("alias")
            typed = is_type or any(child.type == "type" for child in it.children)
            local = text(alias) if alias is not None else name
            yield Import("name", module, local, name, typed)


def _commonjs(node: Node) -> Iterator[Import]:
    for declarator in node.named_children:
        found = required(declarator)
        if found is None:
            yield Import("side", required_module(declarator))
            continue
        module, member = found
        target = declarator.child_by_field_name("name") or declarator
        if target.type == "identifier":
            kind: Literal["name", "default"] = "name" if member else "default"
            yield Import(kind, module, text(target), member)
            continue
        for part in target.named_children:
            if part.type == "pair_pattern":
                key, value = part.named_children[0], part.named_children[-1]
                yield Import("name", module, text(value), text(key))
            else:
                yield Import("name", module, text(part), text(part))


def same_module(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(module: str) -> str:
    module = module.removeprefix("node:")
    if module.startswith("."):
        module = re.sub(r"\.[cm]?[jt]sx?$", "", module).removesuffix("/index")
    return module
