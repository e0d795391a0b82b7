"""Writes the operations of a schema of strawberry, graphene or ariadne: `dump_graphql.py OUT ENTRY
ROOT…`. An operation is a field of a root type.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from load_entry import load_entry, write_table


def main(out: str, entry: str, *roots: str) -> None:
    """Loads the entry and writes its operations to `out`."""
    write_table(out, _operations(load_entry(entry, list(roots))))


def _operations(schema: Any) -> Iterator[tuple[str, str]]:
    for name in ("_schema", "graphql_schema"):  # of strawberry, of graphene
        schema = getattr(schema, name, schema)
    for method in ("QUERY", "MUTATION", "SUBSCRIPTION"):
        root = getattr(schema, f"{method.lower()}_type")
        for name in root.fields if root is not None else ():
            yield method, name


if __name__ == "__main__":
    main(*sys.argv[1:])
