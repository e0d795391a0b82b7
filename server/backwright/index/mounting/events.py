"""What happens to apps and routers while a project is run, and the routes that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from backwright.facts.backend import Protocol, RouteParameter
from backwright.index.frameworks import Framework
from backwright.index.values import Const, Object, Site, Value


@dataclass(frozen=True, slots=True)
class Version:
    """A version that stands in front of a path, and what stands before it there."""

    number: Value | None = None
    prefix: Value | None = None

    def given(self) -> bool:
        return self.number is not None and self.number != Const(None)


@dataclass(frozen=True, slots=True)
class Registered:
    """One call that adds routes to `owner`; `order` counts all that happens, in its order.

    `targets` are the HTTP methods with what answers each.
    """

    owner: Object
    targets: tuple[tuple[str, Value], ...]
    path: Value
    before: tuple[Value, ...]
    response_model: Value | None
    status: Value | None
    protocol: Protocol
    site: Site
    order: int
    name: Value | None = None
    request_model: Value | None = None
    declared: tuple[Value, ...] | None = None
    """What the class of the handler puts before it; None when that is not known yet."""
    bare: bool = False
    """The decorators of the handler put nothing before it but what is listed."""
    version: Version = field(default_factory=Version)
    provided: Value | None = None
    parameters: tuple[RouteParameter, ...] = ()
    """What the handler takes in, where the family knows it."""


@dataclass(frozen=True, slots=True)
class Mounted:
    parent: Object
    child: Value
    prefix: Value | None
    before: tuple[Value, ...]
    overrides: bool
    site: Site
    order: int
    version: Version = field(default_factory=Version)


@dataclass(frozen=True, slots=True)
class Middleware:
    """`what` runs before the routes of `owner` under `path` that are added later."""

    owner: Object
    path: Value | None
    what: Value
    order: int
    always: bool


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A route with its whole path, before its handler is looked into."""

    event: Registered
    framework: Framework
    path: str
    local_path: str
    resolved: bool
    before: tuple[Value, ...]
    root: Object
    types: Mapping[str, str] = field(default_factory=dict)
    """The types of the parameters in the path, where the path says them."""
    provided: Mapping[str, Value] = field(default_factory=dict)
    """What fills the parameters of a name."""
