"""Where in a drawing something stands: what the blocks around it put before its path and name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from backwright.index.models.plurals import singular
from backwright.index.values import FunctionValue, Value

Level = Literal["", "resources", "resource", "collection", "member", "new", "nested", "root"]

ACTIONS = ("index", "create", "new", "show", "update", "destroy", "edit")
SINGLE_ACTIONS = ("show", "create", "new", "update", "destroy", "edit")
CANONICAL = frozenset({"index", "create", "new", "show", "update", "destroy"})


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource as the words around it describe it."""

    entity: str
    path: str
    controller: str
    actions: tuple[str, ...]
    param: str = "id"
    named: str = ""
    single: bool = False
    shallow: bool = False

    @property
    def name(self) -> str:
        return self.named or self.entity

    @property
    def member_name(self) -> str:
        return self.name if self.single else singular(self.name)

    @property
    def collection_name(self) -> str:
        if self.single:
            return self.name
        return f"{self.name}_index" if self.member_name == self.name else self.name

    @property
    def member_path(self) -> str:
        return self.path if self.single else f"{self.path}/:{self.param}"

    @property
    def nested_path(self) -> str:
        return self.path if self.single else f"{self.path}/:{self.member_name}_{self.param}"


@dataclass(frozen=True, slots=True)
class Scope:
    """`module`, `prefix` and `path` are those of all blocks around."""

    path: str = ""
    module: str = ""
    prefix: str = ""
    controller: str = ""
    action: str = ""
    to: Value | None = None
    via: tuple[str, ...] = ()
    level: Level = ""
    resource: Resource | None = None
    shallow: bool = False
    shallow_path: str = ""
    shallow_prefix: str = ""
    depth: int = 0
    """How many shallow resources are around."""
    only: tuple[str, ...] | None = None
    excluded: tuple[str, ...] | None = None
    inner: str = ""
    """What comes behind the version of a path."""
    lead: str = ""
    version: str = ""
    path_names: dict[str, str] = field(default_factory=dict)
    concerns: dict[str, FunctionValue] = field(default_factory=dict)
    resolved: bool = True
    before: tuple[Value, ...] = ()

    def under(self, path: str) -> Scope:
        return replace(self, path=joined(self.path, path))

    def named(self, name: str) -> Scope:
        return replace(self, prefix="_".join(it for it in (self.prefix, name) if it))

    def in_module(self, module: str) -> Scope:
        if module.startswith("/"):
            return replace(self, module=module[1:])
        return replace(self, module="/".join(it for it in (self.module, module) if it))

    def action_path(self, action: str) -> str:
        return self.path_names.get(action, action)

    def member(self) -> Scope:
        resource = self.resource
        if resource is None:
            return self
        outer = self._shallow() if self._is_shallow(resource) else self
        return replace(outer.under(resource.member_path), level="member")

    def collection(self) -> Scope:
        resource = self.resource
        if resource is None:
            return self
        return replace(self.under(resource.path), level="collection")

    def fresh(self) -> Scope:
        """What `new do … end` is in."""
        resource = self.resource
        if resource is None:
            return self
        return replace(self.under(f"{resource.path}/{self.action_path('new')}"), level="new")

    def nested(self) -> Scope:
        resource = self.resource
        if resource is None:
            return self
        shallow = self._is_shallow(resource) and self.depth >= 1
        outer = self._shallow() if shallow else self
        inner = outer.under(resource.nested_path).named(resource.member_name)
        return replace(inner, level="nested")

    def _is_shallow(self, resource: Resource) -> bool:
        return not resource.single and self.shallow

    def _shallow(self) -> Scope:
        return replace(self, path=self.shallow_path, prefix=self.shallow_prefix)

    def route_name(self, given: str | None, action: str) -> str:
        """What helpers of the route's URL are called after."""
        plain = given if given is not None else "" if self._is_canonical(action) else action
        own = plain.replace("-", "_").strip("/").replace("/", "_")
        resource = self.resource
        if resource is not None and not given and not action:
            return ""
        many = resource.collection_name if resource is not None else ""
        one = resource.member_name if resource is not None else ""
        parts = {
            "nested": (self.prefix, own),
            "collection": (own, self.prefix, many),
            "new": (own, "new", self.prefix, one),
            "member": (own, self.prefix, one),
            "root": (self.prefix, many, own),
        }.get(self.level, (self.prefix, one, own))
        return "_".join(it for it in parts if it)

    def _is_canonical(self, action: str) -> bool:
        return self.level in {"collection", "member", "new"} and action in CANONICAL

    def path_of(self, action: str, path: str | None) -> str:
        """The path of an action, or of what is written as a path."""
        if path is not None:
            return joined(self.path, path)
        if self._is_canonical(action):
            return self.path
        return joined(self.path, self.action_path(action))


def joined(before: str, path: str) -> str:
    """Both parts with one slash between them and none at the end."""
    whole = "/".join(it for it in (before.strip("/"), path.strip("/")) if it)
    return f"/{whole}"
