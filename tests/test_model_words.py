"""Every `models.toml` is valid, and hostile files of schemas are read to their end."""

from __future__ import annotations

from pathlib import Path

import pytest

from backwright.facts.extract import extract
from backwright.index.models.vocabulary import load, origin_name, package_of
from backwright.syntax.language import grammars_folder

FILES = sorted(grammars_folder().glob("*/*/models.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_words_are_valid(file: Path) -> None:
    load(file)


@pytest.mark.parametrize(
    ("origin", "package", "name"),
    [
        ("sqlalchemy.orm.mapped_column", "sqlalchemy", "mapped_column"),
        ("flask_sqlalchemy.SQLAlchemy().Model", "flask_sqlalchemy", "Model"),
        ("sqlalchemy.orm.declarative_base()", "sqlalchemy", "declarative_base"),
        ("drizzle-orm/pg-core.pgTable", "drizzle-orm", "pgTable"),
        ("@prisma/client.PrismaClient", "@prisma/client", "PrismaClient"),
        ("@scope/name/deep.thing", "@scope/name", "thing"),
    ],
)
def test_parts_of_an_origin(origin: str, package: str, name: str) -> None:
    assert (package_of(origin), origin_name(origin)) == (package, name)


@pytest.mark.parametrize(
    ("path", "piece"),
    [
        ("a.sql", "COPY a FROM stdin;\n"),
        ("a.sql", "/*"),
        ("a.sql", "$a$"),
        ("a.sql", "'"),
        ("a.sql", "CREATE TABLE é (\n"),
        ("a.sql", "CREATE TABLE é (é int);\n"),
        ("a.sql", "ALTER TABLE a ADD ( , ) ) ;\n"),
        ("a.prisma", "/*"),
        ("a.prisma", "model A {\n"),
        ("a.prisma", 'é String @a("\n'),
    ],
)
def test_hostile_files_are_read(path: str, piece: str) -> None:
    """A reader that goes back for each piece takes minutes for one of these."""
    facts = extract(path, (piece * (300_000 // len(piece))).encode())
    assert facts is not None and facts.schema is not None


def test_places_are_bytes(tmp_path: Path) -> None:
    source = "-- é\nCREATE TABLE a (id int);\n".encode()
    facts = extract("a.sql", source)
    assert facts is not None and facts.schema is not None
    (change,) = facts.schema.changes
    assert source[change.start : change.end] == b"CREATE TABLE a (id int)"
    assert change.line == 2
