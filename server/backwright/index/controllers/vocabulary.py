"""What a framework of controllers says in its `framework.toml`."""

from __future__ import annotations

import msgspec


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Action(_Table, frozen=True, kw_only=True):
    """A decorator that makes a method of a controller answer: `@Get(":id")`."""

    origins: tuple[str, ...]
    method: str


class ControllerTable(_Table, frozen=True, kw_only=True):
    """Names from outside by the part they play; `applications` make an app of a module."""

    controllers: tuple[str, ...]
    modules: tuple[str, ...]
    applications: tuple[str, ...]
    packages: tuple[str, ...]
    """Modules that name one of `applications` or `controllers` where they are imported."""
    prefixing: str
    """The method that gives all routes a prefix; `exclude` of its settings lists exceptions."""
    versioning: str
    guarding: str
    piping: str
    uri: str
    """The kind of versions that stand in the path."""
    neutral: str
    version: tuple[str, ...]
    under: tuple[str, ...]
    """Imports of a module that say under which path others stand."""
    forward: tuple[str, ...]
    together: tuple[str, ...]
    """Decorators that apply several."""
    guards: tuple[str, ...]
    guard: str
    """What everything that is used as a guard counts as."""
    pipes: tuple[str, ...]
    pipe: str
    checking: tuple[str, ...]
    """Pipes that check inputs by their types."""
    filling: tuple[str, ...]
    """Pipes that check nothing."""
    inputs: tuple[str, ...]
    """Decorators of parameters that are inputs."""
    guard_token: str
    pipe_token: str
    throttled: tuple[str, ...] = ()
    """Decorators that give a limit of their own."""
    unthrottled: tuple[str, ...] = ()
    throttling: tuple[str, ...] = ()
    """Imports of a module that give the limit of all."""
