"""Tables as a row of changes leaves them: what is created, added, renamed and dropped again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts.backend import Field, Index, Place, Relation, RelationKind
from backwright.facts.schema import Change, Column, Key
from backwright.index.models.draft import Draft


@dataclass(slots=True)
class Tables:
    """The tables of one schema. Names are found whatever their case."""

    kind: str
    _tables: dict[str, Draft] = field(default_factory=dict)

    def apply(self, path: str, changes: Iterable[Change]) -> None:
        for change in changes:
            draft = self._find(change.table)
            if change.kind == "create" and draft is None:
                place = Place(path, change.line, change.start, change.end)
                draft = Draft(change.table, self.kind, change.table, place)
                self._tables[change.table.lower()] = draft
                self._add(draft, change)
            elif draft is not None:
                self._change(draft, change)

    def drafts(self) -> list[Draft]:
        """The models, with the relations that their keys make."""
        for draft in self._tables.values():
            self._relate(draft)
        return list(self._tables.values())

    def _find(self, table: str) -> Draft | None:
        """The table of that name, also where only one of the two names its schema."""
        name = table.lower()
        if name in self._tables:
            return self._tables[name]
        last = name.rpartition(".")[2]
        alike = [
            it
            for key, it in self._tables.items()
            if key.rpartition(".")[2] == last and ("." not in key or "." not in name)
        ]
        return alike[0] if len(alike) == 1 else None

    def _change(self, draft: Draft, change: Change) -> None:
        match change.kind:
            case "drop":
                self._tables = {key: it for key, it in self._tables.items() if it is not draft}
            case "rename":
                self._tables = {key: it for key, it in self._tables.items() if it is not draft}
                draft.name = draft.table = change.to
                self._tables[change.to.lower()] = draft
            case "add" | "key":
                self._add(draft, change)
            case "remove":
                gone = {name.lower() for name in change.names}
                draft.fields = [it for it in draft.fields if it.name.lower() not in gone]
            case "rename-column":
                old = change.names[0].lower()
                draft.fields = [
                    replace(it, name=change.to) if it.name.lower() == old else it
                    for it in draft.fields
                ]
            case "alter":
                draft.fields = [_altered(it, change) for it in draft.fields]
            case _:
                pass

    def _add(self, draft: Draft, change: Change) -> None:
        known = {it.name.lower() for it in draft.fields}
        draft.fields += [_field(it) for it in change.columns if it.name.lower() not in known]
        for key in change.keys:
            _constrain(draft, key)

    def _relate(self, draft: Draft) -> None:
        for it in draft.fields:
            if not it.references:
                continue
            table = it.references.rpartition(".")[0]
            target = self._find(it.references) or (self._find(table) if table else None)
            kind: RelationKind = "one-to-one" if it.unique else "many-to-one"
            name = target.name if target is not None else table or it.references
            draft.relations.append(Relation(it.name, name, kind, it.name))


def _field(column: Column) -> Field:
    return Field(
        name=column.name,
        type=column.type,
        nullable=column.nullable,
        unique=column.unique,
        primary_key=column.primary_key,
        default=column.default,
        references=column.references,
        line=column.line,
    )


def _altered(found: Field, change: Change) -> Field:
    for column in change.columns:
        if column.name.lower() == found.name.lower():
            made = _field(column)
            primary = made.primary_key or found.primary_key
            return replace(
                made,
                primary_key=primary,
                nullable=made.nullable and not primary,
                unique=made.unique or found.unique,
                references=made.references or found.references,
            )
    if found.name.lower() not in {it.lower() for it in change.names}:
        return found
    match change.facet:
        case "required":
            return replace(found, nullable=False)
        case "nullable":
            return replace(found, nullable=True)
        case "default":
            return replace(found, default="" if change.to.upper() == "NULL" else change.to)
        case "type":
            return replace(found, type=change.to)
        case _:
            return found


def _constrain(draft: Draft, key: Key) -> None:
    names = {it.name.lower(): it.name for it in draft.fields}
    columns = [names.get(it.lower(), it) for it in key.columns]
    if key.kind == "index" or (len(columns) > 1 and key.kind == "unique"):
        draft.indexes.append(Index(columns, key.name, key.kind == "unique"))
    elif key.kind == "unique":
        _mark(draft, columns, unique=True)
    elif key.kind == "primary":
        _mark(draft, columns, primary_key=True)
    else:
        referred = dict(zip(columns, key.referred, strict=False))
        draft.fields = [
            replace(it, references=f"{key.references}.{referred[it.name]}".rstrip("."))
            if it.name in referred
            else replace(it, references=key.references)
            if it.name in columns
            else it
            for it in draft.fields
        ]


def _mark(
    draft: Draft, names: list[str], *, unique: bool = False, primary_key: bool = False
) -> None:
    for at, it in enumerate(draft.fields):
        if it.name in names:
            draft.fields[at] = replace(
                it,
                unique=it.unique or unique,
                primary_key=it.primary_key or primary_key,
                nullable=it.nullable and not primary_key,
            )
