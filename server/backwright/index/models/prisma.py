"""Models of Prisma, from the blocks of all its schema files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backwright.facts.backend import Field, Index, Place, Relation, RelationKind
from backwright.facts.schema import Attribute, Block, Entry
from backwright.index.models.draft import Draft

_MODELS = frozenset({"model", "view"})
_LIST = re.compile(r"\[([^\]]*)\]")
_NAMED = re.compile(r"^\s*(?:name\s*:\s*)?\"([^\"]*)\"")


def prisma_models(files: Mapping[str, Sequence[Block]]) -> list[Draft]:
    """The models and views of the files; those of a folder and below it are one schema."""
    schemas: dict[str, list[tuple[str, Block]]] = {}
    for path in sorted(files):
        folder = posixpath.dirname(path)
        home = next((it for it in schemas if folder == it or folder.startswith(f"{it}/")), folder)
        schemas.setdefault(home, []).extend((path, block) for block in files[path])
    return [draft for blocks in schemas.values() for draft in _Reader(blocks).drafts()]


@dataclass(frozen=True, slots=True)
class _Reader:
    blocks: list[tuple[str, Block]]

    def drafts(self) -> list[Draft]:
        models = {block.name: block for _, block in self.blocks if block.kind in _MODELS}
        return [
            self._draft(path, block, models) for path, block in self.blocks if block.kind in _MODELS
        ]

    def _draft(self, path: str, block: Block, models: dict[str, Block]) -> Draft:
        mapped = _attribute(block.attributes, "map")
        table = _string(mapped.arguments) if mapped is not None else block.name
        place = Place(path, block.line, block.start, block.end)
        draft = Draft(block.name, "prisma", table, place)
        keys = _columns(_attribute(block.attributes, "id"))
        for entry in block.entries:
            if entry.type in models:
                draft.relations.append(_relation(block, entry, models[entry.type]))
            else:
                draft.fields.append(_field(entry, keys, block, models))
        for attribute in block.attributes:
            columns = _columns(attribute)
            if attribute.name in {"unique", "index", "fulltext"} and columns:
                unique = attribute.name == "unique"
                if not unique or len(columns) > 1:
                    named = re.search(r"(?:map|name)\s*:\s*\"([^\"]*)\"", attribute.arguments)
                    draft.indexes.append(Index(columns, named[1] if named else "", unique))
        return draft


def _field(entry: Entry, keys: list[str], block: Block, models: dict[str, Block]) -> Field:
    default = _attribute(entry.attributes, "default")
    mapped = _attribute(entry.attributes, "map")
    return Field(
        name=entry.name,
        type=f"{entry.type}[]" if entry.many else entry.type,
        nullable=entry.optional,
        unique=_is_unique(entry.name, block),
        primary_key=_attribute(entry.attributes, "id") is not None or entry.name in keys,
        default=_default(default.arguments) if default is not None else "",
        column=_string(mapped.arguments) if mapped is not None else "",
        references=_references(entry.name, block, models),
        line=entry.line,
    )


def _relation(block: Block, entry: Entry, target: Block) -> Relation:
    own, name = _fields_of(entry), _relation_name(entry)
    other = _other_side(block, entry, target, name)
    theirs = _fields_of(other) if other is not None else []
    kind: RelationKind
    if entry.many and (other is None or other.many):
        joined = name or "To".join(sorted((block.name, target.name)))
        return Relation(entry.name, target.name, "many-to-many", f"_{joined}")
    if entry.many:
        kind, via = "one-to-many", theirs
    elif own:
        kind = "many-to-one" if other is not None and other.many else "one-to-one"
        via = own
    else:
        kind, via = "one-to-one", theirs
    return Relation(entry.name, target.name, kind, ", ".join(via))


def _other_side(block: Block, entry: Entry, target: Block, name: str) -> Entry | None:
    for it in target.entries:
        if it.type == block.name and _relation_name(it) == name and it is not entry:
            return it
    return None


def _references(name: str, block: Block, models: dict[str, Block]) -> str:
    for entry in block.entries:
        fields = _fields_of(entry)
        if name in fields and entry.type in models:
            referred = _listed(entry, "references")
            target = models[entry.type]
            mapped = _attribute(target.attributes, "map")
            table = _string(mapped.arguments) if mapped is not None else target.name
            at = fields.index(name)
            return f"{table}.{referred[at]}" if at < len(referred) else table
    return ""


def _is_unique(name: str, block: Block) -> bool:
    if any(_columns(it) == [name] for it in block.attributes if it.name == "unique"):
        return True
    entry = next(it for it in block.entries if it.name == name)
    return _attribute(entry.attributes, "unique") is not None


def _fields_of(entry: Entry) -> list[str]:
    return _listed(entry, "fields")


def _listed(entry: Entry, name: str) -> list[str]:
    relation = _attribute(entry.attributes, "relation")
    if relation is None:
        return []
    found = re.search(rf"{name}\s*:\s*\[([^\]]*)\]", relation.arguments)
    return [it.strip() for it in found[1].split(",")] if found else []


def _relation_name(entry: Entry) -> str:
    relation = _attribute(entry.attributes, "relation")
    if relation is None:
        return ""
    plain = _NAMED.match(relation.arguments)
    named = plain or re.search(r"\bname\s*:\s*\"([^\"]*)\"", relation.arguments)
    return named[1] if named else ""


def _columns(attribute: Attribute | None) -> list[str]:
    """The fields of `@@unique([email, tenantId(sort: Desc)])`."""
    found = _LIST.search(attribute.arguments) if attribute is not None else None
    if found is None:
        return []
    plain = re.sub(r"\([^)]*\)", "", found[1])
    return [it.strip() for it in plain.split(",") if it.strip()]


def _attribute(attributes: Sequence[Attribute], name: str) -> Attribute | None:
    return next((it for it in attributes if it.name == name), None)


def _default(arguments: str) -> str:
    return re.sub(r",\s*map\s*:\s*\"[^\"]*\"\s*$", "", arguments)


def _string(arguments: str) -> str:
    found = re.search(r'"([^"]*)"', arguments)
    return found[1] if found else ""
