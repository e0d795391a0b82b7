"""Takes members out of the class that a reply shows around them."""

from __future__ import annotations

from tree_sitter import Node

from backwright.syntax.language import Language
from backwright.syntax.tree import parse
from backwright.syntax.tree import text as node_text
from backwright.verify.importing.nodes import is_import
from backwright.verify.placing.indent import dedent
from backwright.verify.placing.marks import without_marks

_CLASSES = frozenset({"class_definition", "class_declaration", "abstract_class_declaration"})


def unwrapped(text: str, owner: str, language: Language) -> str:
    """The members in `text` where it is nothing but the class `owner` around them; else `text`.

    Imports above the class stay, and marks for members that are not shown go.
    """
    plain = dedent(text.strip("\n"), language)
    root = parse(plain.encode("utf-8", "surrogateescape"), language.name).root_node
    statements = [it for it in root.named_children if it.type != "comment"]
    imports = [it for it in statements if is_import(it)]
    others = [it for it in statements if not is_import(it)]
    if len(others) != 1 or (class_ := _class_in(others[0])) is None:
        return text
    name, body = class_.child_by_field_name("name"), class_.child_by_field_name("body")
    if name is None or body is None or node_text(name) != owner:
        return text
    rows = _inner_rows(body, language)
    lines = plain.split("\n")[rows.start : rows.stop]
    if not any(line.strip() for line in lines):
        return text
    members = without_marks(dedent("\n".join(lines), language), language)
    if not imports or language.reader != "python":
        return members
    return "\n".join([*map(node_text, imports), "", members])


def _class_in(node: Node) -> Node | None:
    while node.type not in _CLASSES:
        inner = node.child_by_field_name("definition") or node.child_by_field_name("declaration")
        if inner is None:
            return None
        node = inner
    return node


def _inner_rows(body: Node, language: Language) -> range:
    if language.reader != "python":
        return range(body.start_point.row + 1, body.end_point.row)
    above = body.prev_sibling
    while above is not None and above.type == "comment":
        above = above.prev_sibling
    first = above.end_point.row + 1 if above is not None else body.start_point.row
    return range(first, body.end_point.row + 1)
