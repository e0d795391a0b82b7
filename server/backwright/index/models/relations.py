"""Relations that are declared as attributes, read from the keys between the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from backwright.facts.backend import Relation, RelationKind
from backwright.index.models.draft import Draft, Wanted, identity
from backwright.index.values import ClassValue, Object, Value


@dataclass(slots=True)
class Drafts:
    """The models of one kind, found by their class, name or table."""

    all: list[Draft]
    _by_source: dict[tuple[str, int, int], Draft] = field(init=False)
    _by_name: dict[str, list[Draft]] = field(init=False)
    _by_table: dict[str, list[Draft]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_source = {identity(it.source): it for it in self.all if it.source is not None}
        self._by_name = {}
        for draft in self.all:
            self._by_name.setdefault(draft.name, []).append(draft)
        self._by_table = {}
        for draft in self.all:
            if draft.table:
                self._by_table.setdefault(draft.table, []).append(draft)

    def find(self, target: str | Value, near: Draft) -> Draft | None:
        """The model that `target` means in the file of `near`; of several, the closest."""
        if isinstance(target, ClassValue | Object):
            return self._by_source.get(identity(target))
        if not isinstance(target, str):
            return None
        found = self._by_name.get(target.rpartition(".")[2]) or self._by_table.get(target, [])
        return max(found, key=lambda it: _common(it.place.file, near.place.file), default=None)


def connect(drafts: Drafts) -> None:
    """Turns what is wanted into relations."""
    backs: list[tuple[Draft, Draft, Wanted]] = []
    for draft in drafts.all:
        for wanted in draft.wanted:
            target = drafts.find(wanted.target, draft)
            if target is None:
                draft.relations.append(_outward(wanted))
                continue
            draft.relations.append(_related(draft, target, wanted, _other_side(target, wanted)))
            if wanted.makes_back and wanted.back:
                backs.append((draft, target, wanted))
    for draft, target, wanted in backs:
        if any(it.name == wanted.back for it in target.relations):
            continue
        there = next(it for it in draft.relations if it.name == wanted.name)
        kind = _turned(there.kind)
        if wanted.back_single and kind == "one-to-many":
            kind = "one-to-one"
        if kind == "one-to-one":
            _replace(draft, there, "one-to-one")
        target.relations.append(Relation(wanted.back, draft.name, kind, there.via))


def _outward(wanted: Wanted) -> Relation:
    """A relation to a model that is not of the project or not known."""
    kind: RelationKind = "one-to-many" if wanted.many else "many-to-one"
    kind = "many-to-many" if wanted.secondary else kind
    name = wanted.target.rpartition(".")[2] if isinstance(wanted.target, str) else ""
    return Relation(wanted.name, name, kind, wanted.secondary or ", ".join(wanted.keys))


def _related(draft: Draft, target: Draft, wanted: Wanted, other: Wanted | None) -> Relation:
    if wanted.secondary:
        return Relation(wanted.name, target.name, "many-to-many", wanted.secondary)
    outgoing, incoming = list(_keys(draft, target)), list(_keys(target, draft))
    if draft.table == target.table:
        holds = wanted.upwards
    elif bool(outgoing) == bool(incoming):
        holds = wanted.many is False or (wanted.many is None and _names_own(wanted, draft))
    else:
        holds = bool(outgoing)
    candidates = outgoing if holds else incoming
    if other is not None and not wanted.keys:
        wanted.keys = other.keys
    chosen = [it for it in candidates if it in wanted.keys] or candidates or wanted.keys
    via = ", ".join(chosen)
    if holds:
        single = other is not None and other.many is False and target.table != draft.table
        return Relation(wanted.name, target.name, "one-to-one" if single else "many-to-one", via)
    kind: RelationKind = "one-to-one" if wanted.many is False else "one-to-many"
    return Relation(wanted.name, target.name, kind, via)


def _other_side(target: Draft, wanted: Wanted) -> Wanted | None:
    if not wanted.back:
        return None
    return next((it for it in target.wanted if it.name == wanted.back), None)


def _keys(draft: Draft, target: Draft) -> Iterator[str]:
    """The columns of `draft` that refer to the table of `target`."""
    for it in draft.fields:
        if it.references and it.references.rpartition(".")[0] == target.table:
            yield it.column or it.name


def _names_own(wanted: Wanted, draft: Draft) -> bool:
    own = {it.column or it.name for it in draft.fields}
    return any(key in own for key in wanted.keys)


def _turned(kind: RelationKind) -> RelationKind:
    turned: dict[RelationKind, RelationKind] = {
        "one-to-many": "many-to-one",
        "many-to-one": "one-to-many",
    }
    return turned.get(kind, kind)


def _replace(draft: Draft, relation: Relation, kind: RelationKind) -> None:
    at = draft.relations.index(relation)
    draft.relations[at] = Relation(relation.name, relation.target, kind, relation.via)


def _common(left: str, right: str) -> int:
    """How many folders two paths share, one more for the same file."""
    mine, other = left.split("/"), right.split("/")
    shared = 0
    for a, b in zip(mine, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared
