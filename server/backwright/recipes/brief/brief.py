"""A brief: what a request asks for, in the words that every template shares.

It is plain data, so that a model may fill it in as JSON just as the rules of this package do. Names
are those of the request in snake_case, entities in the singular; templates spell them as their
language does.
"""

from __future__ import annotations

from typing import Literal

import msgspec

FieldType = Literal[
    "string",  # a line
    "text",  # paragraphs
    "email",
    "url",
    "slug",
    "phone",
    "password",  # kept as a hash, never sent back
    "uuid",
    "integer",
    "bigint",
    "decimal",  # money and other exact amounts
    "float",
    "boolean",
    "date",
    "datetime",
    "json",
    "choice",
]
RelationKind = Literal["many-to-one", "one-to-one", "many-to-many"]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of an entity. Its key and the times of creation and change are not among them.

    `minimum` and `maximum` bound a number, or the length of a string. `supposed` is True for what
    the request did not name.
    """

    name: str
    type: FieldType = "string"
    required: bool = True
    unique: bool = False
    indexed: bool = False
    default: str | int | bool | None = None
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    supposed: bool = False


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is kept: `name` is the singular, `plural` what a collection is called.

    `model` is the name of the project's own model where there is one, whose fields are taken then.
    """

    name: str
    plural: str
    fields: tuple[Field, ...] = ()
    model: str = ""

    def field(self, name: str) -> Field | None:
        return next((it for it in self.fields if it.name == name), None)


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """`source` refers to `target` under the name `via`: comment → post via `post`.

    Both are names of entities. A many-to-many is said once, of the one that the request names
    first. `supposed` is True for what the request did not say.
    """

    source: str
    target: str
    kind: RelationKind = "many-to-one"
    via: str = ""
    required: bool = True
    on_delete: Literal["cascade", "restrict", "set-null"] = "cascade"
    supposed: bool = False


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """How it shall be built, as far as the request says; "" where it leaves that to the project."""

    language: Literal["", "python", "javascript", "typescript", "ruby"] = ""
    framework: str = ""
    orm: str = ""
    database: str = ""
    validation: str = ""
    """The libraries by their name in the registry, such as `express`, `sqlalchemy`, `zod`."""


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """`unread` are clauses of the request that nothing here understands."""

    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    wishes: Wishes = Wishes()
    unread: tuple[str, ...] = ()

    def entity(self, name: str) -> Entity | None:
        return next((it for it in self.entities if it.name == name), None)
