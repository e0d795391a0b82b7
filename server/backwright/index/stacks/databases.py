"""Which databases an application talks to, by its packages, its URLs and what it imports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from backwright.syntax.language import grammars_folder


class Database(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    packages: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    providers: frozenset[str] = frozenset()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    database: tuple[Database, ...]


@cache
def databases() -> tuple[Database, ...]:
    file = grammars_folder() / "databases.toml"
    return msgspec.toml.decode(file.read_bytes(), type=_File).database


def used(
    packages: Iterable[str], schemes: Iterable[str], modules: Iterable[str], schema: str
) -> list[str]:
    """The names of the databases, in the order of the file that lists them.

    `schema` is the text of the Prisma schemas.
    """
    packages, schemes, modules = set(packages), set(schemes), set(modules)
    providers = set(_PROVIDER.findall(schema))
    return [
        it.name
        for it in databases()
        if it.packages & packages
        or it.schemes & schemes
        or it.modules & modules
        or it.providers & providers
    ]


_PROVIDER = re.compile(r'^\s*provider\s*=\s*"([^"]+)"', re.MULTILINE)
