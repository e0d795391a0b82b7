"""The words of a `framework.toml` for tables of addresses and for resources that fill them."""

from __future__ import annotations

from typing import Literal

import msgspec

ArgumentPlace = tuple[int | str, ...]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class UrlTable(_Table, frozen=True, kw_only=True):
    """Modules whose variable `name` lists addresses, and how the first of them is found.

    A file of the project sets `variable` to the module of its settings, whose `root` names the
    first table; `settings` is the name by which code has those settings.
    """

    name: str
    script: str
    """The file that projects are run by; its folder is where modules are looked for."""
    variable: str
    root: str
    settings: tuple[str, ...]
    middleware: str = ""
    """The setting that lists what runs before everything."""
    exempting: tuple[str, ...] = ()
    """Decorators that free a view from it."""


class UrlEntry(_Table, frozen=True, kw_only=True):
    """A call that makes an entry of a url table: what answers there, or another table."""

    origins: tuple[str, ...]
    style: Literal["angle", "regex"]
    kinds: dict[str, str] = {}
    """The types of what kinds of parameters hold."""
    route: ArgumentPlace
    target: ArgumentPlace
    name: ArgumentPlace


class UrlInclude(_Table, frozen=True, kw_only=True):
    """A call that puts a table at an entry: a module, its name, a list, or one of them with the
    name of its application."""

    origins: tuple[str, ...]
    table: ArgumentPlace
    namespace: ArgumentPlace


class UrlPrefix(_Table, frozen=True, kw_only=True):
    """A call that puts `prefix` before the entries it is given; without it, too, when the argument
    `unless` is false."""

    origins: tuple[str, ...]
    prefix: str
    unless: ArgumentPlace = ()


class UrlConverter(_Table, frozen=True, kw_only=True):
    """A call that gives a kind of path parameter its name; the class has `pattern`."""

    origins: tuple[str, ...]
    class_: ArgumentPlace = msgspec.field(name="class")
    name: ArgumentPlace
    pattern: str


class MethodFilter(_Table, frozen=True, kw_only=True):
    """A decorator that lets only some HTTP methods through: those given, else `default`."""

    origins: tuple[str, ...]
    methods: ArgumentPlace = ()
    default: tuple[str, ...] = ()


class ResourceRouter(_Table, frozen=True, kw_only=True):
    """Objects on which resources are registered, and which make a table of addresses of them."""

    origins: tuple[str, ...]
    registry: str
    register: tuple[str, ...]
    prefix: ArgumentPlace
    resource: ArgumentPlace
    name: ArgumentPlace
    tables: tuple[str, ...]
    """Attributes and methods that hold the table."""
    templates: str
    """The attribute that lists the templates, where a project's own class has one."""
    slash: ArgumentPlace
    parent: ArgumentPlace = ()
    parent_prefix: ArgumentPlace = ()
    parent_lookup: ArgumentPlace = ()


class ResourceTemplate(_Table, frozen=True, kw_only=True):
    """An address that every resource has, or with `{url_path}` one that each marked method has.

    `mapping` are HTTP methods with the action that answers each.
    """

    url: str
    detail: bool
    mapping: dict[str, str] = {}
    name: str = ""


class TemplateCall(_Table, frozen=True, kw_only=True):
    """A call by which a project writes such a template of its own."""

    origins: tuple[str, ...]
    url: ArgumentPlace
    detail: ArgumentPlace
    name: ArgumentPlace
    mapping: ArgumentPlace = ()


class ResourceAction(_Table, frozen=True, kw_only=True):
    """A decorator that gives a method of a resource an address of its own."""

    origins: tuple[str, ...]
    methods: ArgumentPlace
    detail: ArgumentPlace
    path: ArgumentPlace
    name: ArgumentPlace


class Resource(_Table, frozen=True, kw_only=True):
    """What the class of a resource or a view says of itself, each by an attribute.

    Where the class says nothing, the entry of the project's setting `settings` holds.
    """

    settings: str
    decorators: tuple[str, ...]
    """Those by which a function says the same; none of them is a guard itself."""
    guards: str
    guards_method: str
    """The method that chooses them by what is asked for, where a class has one of its own."""
    guards_setting: str
    limits: str
    limits_setting: str
    rates_setting: str
    rate: str
    """The attribute of a limiting class that holds its rate."""
    rate_scope: str
    """The attribute of a limiting class that says under which name the settings have its rate."""
    scope: str
    """The attribute of a view that says so for it."""
    limiter: str
    """The name from outside that stands for a limit of a known rate."""
    model: str
    lookup: tuple[str, ...]
    """The attributes that may name the parameter of one item, the strongest first."""
    lookup_default: str
    pattern: str
    """The attribute with the pattern of that parameter."""
    pattern_default: str


class Throttle(_Table, frozen=True, kw_only=True):
    """A class that limits requests at the rate that the settings have for `scope`; without it, at
    that for the scope of the view."""

    origins: tuple[str, ...]
    scope: str = ""
