"""The words of a `framework.toml` for routes that classes hold, and for what handlers declare."""

from __future__ import annotations

from typing import Literal

import msgspec

ArgumentPlace = tuple[int | str, ...]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Making(_Table, frozen=True, kw_only=True):
    """A method that makes a router below the present one: `api.namespace("items")`."""

    names: tuple[str, ...]
    origin: str
    """What the router counts as; it is given the arguments of the call."""


class Given(_Table, frozen=True, kw_only=True):
    """A route that a class from outside answers by itself."""

    name: str
    path: str
    methods: tuple[str, ...] = ("GET",)
    guard: str = ""
    """What the library puts before it."""


class RouteClass(_Table, frozen=True, kw_only=True):
    """Classes whose decorated methods are the routes of a router: controllers, views of an admin.

    `construct` is what the router counts as. The class's `attributes` are its arguments. Where it
    has no prefix, `default_prefix` is made of attributes, or of `defaults`; `{class}` is the name
    of the class in small letters.
    """

    origins: tuple[str, ...]
    construct: str
    attributes: tuple[str, ...] = ()
    prefix: str = ""
    default_prefix: str = ""
    defaults: dict[str, str] = {}
    lowered: tuple[str, ...] = ()
    """Attributes that the default prefix has in small letters."""
    include: tuple[str, ...] = ()
    """Attributes that name the only methods which are routes."""
    exclude: tuple[str, ...] = ()
    gives: tuple[Given, ...] = ()


class Declaration(_Table, frozen=True, kw_only=True):
    """A decorator that says what a handler takes or answers: `@blp.response(200, ItemSchema)`."""

    origins: tuple[str, ...]
    part: Literal["request", "response"]
    model: ArgumentPlace
    location: ArgumentPlace = ()
    """Where what is taken stands; the body where it does not say."""
    bodies: tuple[str, ...] = ("json",)
    """The locations that mean the body."""
    status: ArgumentPlace = ()
    validates: bool = False
    """It refuses requests that are not as it says."""
    validating: ArgumentPlace = ()
    """It does where this is true."""


class Parser(_Table, frozen=True, kw_only=True):
    """Objects that are told which inputs there are, and then read them: `parser.parse_args()`."""

    origins: tuple[str, ...]
    add: tuple[str, ...]
    parse: tuple[str, ...]
    location: ArgumentPlace = ()
