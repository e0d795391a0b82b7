"""What a framework of procedures says in its `framework.toml`.

A builder, made by one of `makers`, has methods that make routers and procedures. A procedure is a
chain of calls, whose last one says what kind it is and holds the function that answers.
"""

from __future__ import annotations

import msgspec


class ProcedureTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    makers: tuple[str, ...]
    """Origins that begin what makes a builder, such as `initTRPC` of `initTRPC.create()`."""
    made: str
    """The last call that makes it."""
    packages: tuple[str, ...]
    router: tuple[str, ...]
    merge: tuple[str, ...]
    procedure: str
    operations: dict[str, str]
    """The last call of a chain, and the method that a route with it has."""
    before: tuple[str, ...]
    """Calls of a chain that add a function to run before."""
    middleware: str
    """The builder's method that makes such a function of another one."""
    inputs: tuple[str, ...]
    """Calls of a chain with the schema of what is sent."""
    input: str
    """What every such schema counts as."""
    lazy: tuple[str, ...] = ()
    """Calls that make a router of a function which imports it."""
