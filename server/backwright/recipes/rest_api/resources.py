"""Resources: the entities of a brief as an API shows them, each with its place among the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from backwright.recipes.brief.brief import Brief, Entity, Field, Relation
from backwright.recipes.outcome import Refused
from backwright.recipes.rest_api.spelling import camel, kebab, listed, pascal, spaced

_OWN = frozenset({"id", "created_at", "updated_at"})
"""Fields that every resource has by itself."""


@dataclass(frozen=True, slots=True)
class Link:
    """A key that one resource holds of another: the comment's `post` is a post.

    `back` is what the other calls those that hold it. `nested` when they are listed below it:
    only one link between the same two is, and none of a resource to itself.
    """

    name: str
    source: Resource
    target: Resource
    required: bool
    single: bool
    on_delete: str
    back: str
    nested: bool

    @property
    def key(self) -> str:
        return f"{self.name}_id"

    @property
    def to_self(self) -> bool:
        return self.source.name == self.target.name


@dataclass(frozen=True, slots=True)
class Peers:
    """A many-to-many: the post's `tags` are tags, and the tag's `posts` are posts.

    `source` is the side whose address the pairs are changed under.
    """

    source: Resource
    target: Resource
    name: str
    back: str

    @property
    def table(self) -> str:
        return f"{self.source.plural}_{self.target.plural}"

    @property
    def target_key(self) -> str:
        same = self.source.name == self.target.name
        return f"other_{self.target.name}_id" if same else f"{self.target.name}_id"


@dataclass(slots=True)
class Resource:
    """One entity. `kind` is the name of its class; `links` are the keys that it holds, `held`
    those that others hold of it."""

    entity: Entity
    kind: str
    fields: tuple[Field, ...]
    links: list[Link]
    held: list[Link]
    peers: list[Peers]
    peered: list[Peers]

    @property
    def name(self) -> str:
        return self.entity.name

    @property
    def plural(self) -> str:
        plural = self.entity.plural
        return plural if plural != self.name else f"{plural}_list"

    @property
    def table(self) -> str:
        return self.entity.plural

    @property
    def kinds(self) -> str:
        return pascal(self.plural)

    @property
    def one(self) -> str:
        """What a variable in camelCase is called that holds it."""
        return camel(self.name)

    @property
    def many(self) -> str:
        return camel(self.plural)

    @property
    def words(self) -> str:
        return spaced(self.name)

    @property
    def path(self) -> str:
        """The last part of its address, such as `order-items`."""
        return kebab(self.entity.plural)

    @property
    def file(self) -> str:
        return kebab(self.name)

    @property
    def files(self) -> str:
        return kebab(self.plural)

    @property
    def nested(self) -> list[Link]:
        """The links by which it is listed below another resource."""
        return [it for it in self.links if it.nested]

    @property
    def owner(self) -> Link | None:
        """The link below whose target it is made: the first that it can't be without."""
        return next((it for it in self.nested if it.required), None)

    @property
    def has_unique(self) -> bool:
        return any(it.unique for it in self.fields) or any(it.single for it in self.links)


@dataclass(frozen=True, slots=True)
class Api:
    """All resources of a request, in an order in which each stands behind those it can't be
    without."""

    resources: tuple[Resource, ...]

    @property
    def types(self) -> set[str]:
        return {field.type for it in self.resources for field in it.fields}

    @property
    def peers(self) -> list[Peers]:
        return [peers for it in self.resources for peers in it.peers]

    @property
    def supposed(self) -> list[str]:
        """The fields that the request does not name, said for a person."""
        told = []
        for it in self.resources:
            fields = [field.name for field in it.fields if field.supposed]
            if fields:
                told.append(f"{listed(fields)} of {it.words}")
        return told


def api_of(brief: Brief) -> Api | Refused:
    """The resources that a brief describes; refused where they can't be as it says."""
    if not brief.entities:
        return Refused(
            "the request names nothing to keep; say what the API is about, such as"
            " `posts with title and content, comments on posts`"
        )
    twice = sorted({it.name for it in brief.entities if _count(brief, it.name) > 1})
    if twice:
        return Refused(f"the request describes {listed(twice)} twice; name each thing once")
    found = {
        it.name: Resource(it, pascal(it.name), _fields(it, brief), [], [], [], [])
        for it in brief.entities
    }
    for relation in brief.relations:
        if relation.source in found and relation.target in found:
            _relate(found, relation)
    ordered = _ordered(list(found.values()))
    return ordered if isinstance(ordered, Refused) else Api(tuple(ordered))


def _count(brief: Brief, name: str) -> int:
    return sum(it.name == name for it in brief.entities)


def _fields(entity: Entity, brief: Brief) -> tuple[Field, ...]:
    """The entity's own fields; keys come from relations, and something is always kept."""
    keys = {f"{it.via or it.target}_id" for it in brief.relations if it.source == entity.name}
    keys |= {it.removesuffix("_id") for it in keys}
    fields = [it for it in entity.fields if it.name not in _OWN | keys]
    if not fields and not keys:
        fields = [Field(name="name", supposed=True)]
    return tuple(fields)


def _relate(found: dict[str, Resource], relation: Relation) -> None:
    source, target = found[relation.source], found[relation.target]
    if relation.kind == "many-to-many":
        same = source.name == target.name
        name = relation.via or target.plural
        name = name if name not in {it.name for it in source.fields} else target.plural
        back = f"{name}_of" if same else source.plural
        peers = Peers(source, target, name, back)
        source.peers.append(peers)
        target.peered.append(peers)
        return
    to_self = source.name == target.name
    name = relation.via or (f"parent_{target.name}" if to_self else target.name)
    first = not any(it.target.name == target.name for it in source.links)
    single = relation.kind == "one-to-one"
    back = source.name if single else source.plural
    link = Link(
        name=name,
        source=source,
        target=target,
        required=relation.required and not to_self,
        single=single,
        on_delete=relation.on_delete if relation.required and not to_self else "set-null",
        back=back if first and not to_self else f"{name}_{back}",
        nested=first and not to_self and not single,
    )
    source.links.append(link)
    target.held.append(link)


def _ordered(resources: list[Resource]) -> list[Resource] | Refused:
    """Those first that the others can't be without."""
    ordered: list[Resource] = []
    waiting = list(resources)
    while waiting:
        done = {it.name for it in ordered}
        ready = [it for it in waiting if _required(it) <= done]
        if not ready:
            names = [it.words for it in waiting]
            return Refused(f"{listed(names)} need each other; say which may be without the other")
        ordered.append(ready[0])
        waiting.remove(ready[0])
    return ordered


def _required(it: Resource) -> set[str]:
    return {link.target.name for link in it.links if link.required}


def every_name(api: Api) -> Iterator[tuple[str, str]]:
    """Each name that code will use, with what it is the name of."""
    for it in api.resources:
        yield it.name, "entity"
        for field in it.fields:
            yield field.name, f"field of {it.words}"
        for link in it.links:
            yield link.name, f"relation of {it.words}"


def stored(field: Field) -> Field:
    """The field as it is kept: a password is kept as its hash."""
    return replace(field, name=f"{field.name}_hash") if field.type == "password" else field
