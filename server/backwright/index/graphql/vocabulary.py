"""What a library of GraphQL says in its `framework.toml`.

`QUERY`, `MUTATION` and `SUBSCRIPTION` are the kinds of operations. Every way of writing a schema is
a part that a library may leave out.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["QUERY", "MUTATION", "SUBSCRIPTION"]


class GraphqlTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    packages: tuple[str, ...]
    """Modules that name it where they are imported."""
    written: bool = False
    """Schemas are written in their own language, in strings or files, and functions that resolve
    their fields stand in objects by the names of types."""

    # In code, as objects
    schemas: tuple[str, ...] = ()
    """Calls that make a schema of types, by the keywords `query`, `mutation`, `subscription`."""
    objects: tuple[str, ...] = ()
    """Calls that make a type with `fields`."""
    builders: tuple[str, ...] = ()
    """Calls that make a builder; its methods have operations by name, or functions that do."""
    built: dict[str, Kind] = {}
    built_types: dict[str, Kind] = {}

    # In code, as classes
    operations: dict[str, Kind] = {}
    """Decorators of methods that are operations."""
    arguments: tuple[str, ...] = ()
    """Decorators of their parameters that a client gives."""
    guards: tuple[str, ...] = ()
    """Decorators of classes and methods that are given what keeps requests out."""
    guard: str = ""
    """What that counts as."""
    fields: tuple[str, ...] = ()
    """Decorators and calls that make a field of a class."""
    merging: tuple[str, ...] = ()
    """Calls that make one class of several."""
    annotated: bool = False
    """Annotations of a class are fields too."""
    resolving: str = ""
    """What the names of methods that resolve a field begin with."""
    mutate: tuple[str, ...] = ()
    """Methods of the class of a mutation that do the work."""
    camel: str = ""
    """The keyword that turns off that names are written in camel case."""

    # In code, as functions that are bound to a field by name
    binders: dict[str, Kind] = {}
    binds: tuple[str, ...] = ()
