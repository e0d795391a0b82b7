"""A model while it is put together: relations wait until every model is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts.backend import Field, Index, Model, Place, Relation
from backwright.index.values import ClassValue, Object, Site, Value


@dataclass(slots=True)
class Wanted:
    """A relation as it is declared. `target` is a name or what stands for the class or table.

    `many` is None where only the keys tell; `keys` are the columns that are named for it;
    `back` is the attribute on the other side, which is made when `makes_back` is set.
    """

    name: str
    target: str | Value
    many: bool | None = None
    secondary: str = ""
    keys: list[str] = field(default_factory=list)
    back: str = ""
    makes_back: bool = False
    back_single: bool = False
    upwards: bool = False
    """A class related to itself: this is the side that holds the key."""


@dataclass(slots=True)
class Draft:
    name: str
    kind: str
    table: str
    place: Place
    source: ClassValue | Object | None = None
    """The class or call that declares it."""
    fields: list[Field] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)

    def field_named(self, name: str) -> Field | None:
        return next((it for it in self.fields if it.name == name), None)

    def closed(self) -> Model:
        return Model(
            name=self.name,
            kind=self.kind,
            table=self.table,
            place=self.place,
            fields=[replace(it, line=0) if it.line else it for it in self.fields],
            relations=self.relations,
            indexes=self.indexes,
        )


def identity(source: ClassValue | Object) -> tuple[str, int, int]:
    """What tells one class or call from others, also when it is evaluated again."""
    place = place_of(source)
    return (place.file, place.start, place.end)


def place_of(source: ClassValue | Object) -> Place:
    if isinstance(source, ClassValue):
        return Place(source.file, source.facts.line, source.facts.start, source.facts.end)
    return place_of_site(source.site)


def place_of_site(site: Site) -> Place:
    return Place(site.file, site.line, site.start, site.end)
