"""What a framework whose routes are files says in its `framework.toml`.

Folders and files are named relative to an application's own folder. Names of files are without the
suffix; patterns are regular expressions over one segment, which is the name of a folder or file.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Segment(_Table, frozen=True, kw_only=True):
    r"""What `pattern` finds in a segment becomes `path` in the common form: `\[(\w+)\]`, `{\1}`.

    A segment of which nothing is left stands for no part of the path. An `optional` one may be left
    out of the path.
    """

    pattern: str
    path: str
    optional: bool = False


class FileRoutes(_Table, frozen=True, kw_only=True):
    """Files below a folder that answer requests; of `folders` the first that is there counts.

    With `leaves` those of such a name alone answer, for the folder that they lie in. Without, every
    file does, and its name is the last segment unless it is one of `index`.
    """

    folders: tuple[str, ...]
    prefix: str = ""
    """What stands before the path of every file."""
    leaves: tuple[str, ...] = ()
    index: tuple[str, ...] = ("index",)
    hidden: tuple[str, ...] = ()
    """Patterns of folders below which nothing answers."""
    exports: dict[str, tuple[str, ...]] = {}
    """The names whose values answer, with their HTTP methods. Without them the default export
    does: the methods that it asks for by name, and all where it asks for none."""
    named: Literal["", "suffix"] = ""
    """`suffix`: the file's name ends in the HTTP method, as in `users.get`."""


class FileMiddleware(_Table, frozen=True, kw_only=True):
    """Files that run before others answer: those called one of `names` in `folders`, or every one
    there without `names`. `matcher` leads, from the module's exports, to the paths before which it
    runs; without it, or where none are given, these are all."""

    folders: tuple[str, ...] = ("",)
    names: tuple[str, ...] = ()
    exports: tuple[str, ...] = ("default",)
    matcher: tuple[str, ...] = ()


class FileTable(_Table, frozen=True, kw_only=True):
    """`configs` are the names of the file that configures an application; `suffixes`
    leads to what it says of the files that count, each of `base` to the path before all others."""

    configs: tuple[str, ...] = ()
    base: tuple[tuple[str, ...], ...] = ()
    suffixes: tuple[str, ...] = ()
    default_suffixes: tuple[str, ...] = ("tsx", "ts", "jsx", "js")
    segments: tuple[Segment, ...] = ()
    routes: tuple[FileRoutes, ...] = ()
    middleware: tuple[FileMiddleware, ...] = ()
