"""Tables that are read from SQL equal those that the database makes of the same statements."""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest

import postgres_server
from model_projects import ROOT, Models, compared, read
from projects import backend

SQLITE = ROOT / "sql" / "sqlite_library"
POSTGRES = ROOT / "sql" / "postgres_bank"


def test_sqlite() -> None:
    with sqlite3.connect(":memory:") as database:
        for file in sorted((SQLITE / "db" / "migrations").glob("*.up.sql")):
            database.executescript(file.read_text(encoding="utf-8"))
        found = read(SQLITE, "sql")
        for field in (it for model in found for it in model["fields"]):
            if field["default"]:  # SQLite tells an expression without the brackets around it
                field["default"] = re.sub(r"^\((.*)\)$", r"\1", field["default"])
        assert found == _sqlite_tables(database)
    database.close()


def _sqlite_tables(database: sqlite3.Connection) -> Models:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    return compared([_sqlite_table(database, name) for (name,) in database.execute(query)])


def _sqlite_table(database: sqlite3.Connection, table: str) -> dict[str, Any]:
    indexes = [
        {
            "fields": [column[2] for column in database.execute(f"PRAGMA index_info({it[1]!r})")],
            "unique": bool(it[2]),
            "made_by": it[3],
        }
        for it in database.execute(f"PRAGMA index_list({table!r})")
    ]
    alone = [
        it["fields"][0]
        for it in indexes
        if it["unique"] and len(it["fields"]) == 1 and it["made_by"] != "pk"
    ]
    keys = list(database.execute(f"PRAGMA foreign_key_list({table!r})"))
    return {
        "name": table,
        "table": table,
        "fields": [
            {
                "name": name,
                "type": type_,
                "nullable": not required and not primary,
                "unique": name in alone,
                "primary_key": bool(primary),
                "default": None if default == "NULL" else default,
            }
            for _, name, type_, required, default, primary in database.execute(
                f"PRAGMA table_info({table!r})"
            )
        ],
        "relations": [
            {"name": key[3], "target": key[2], "kind": "many-to-one", "via": key[3]} for key in keys
        ],
        "indexes": [
            {"fields": it["fields"], "unique": it["unique"]}
            for it in indexes
            if it["made_by"] != "pk" and not (it["unique"] and len(it["fields"]) == 1)
        ],
    }


_COLUMNS = """
SELECT coalesce(json_agg(json_build_object(
    'table', CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname,
    'name', a.attname,
    'type', format_type(a.atttypid, a.atttypmod),
    'nullable', NOT a.attnotnull,
    'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
    'unique', EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique
        AND NOT i.indisprimary AND i.indkey::text = a.attnum::text),
    'primary_key', EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary
        AND a.attnum = ANY (i.indkey))
)), '[]')
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
JOIN pg_namespace n ON n.oid = c.relnamespace
    AND n.nspname NOT IN ('pg_catalog', 'information_schema')
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
"""
_SERIAL = {"serial": "integer", "bigserial": "bigint"}


@pytest.mark.skipif(bool(postgres_server.missing()), reason=postgres_server.missing() or "-")
def test_postgresql() -> None:
    """Types and defaults are compared as PostgreSQL prints them: the read ones in tables that are
    made of them."""
    found = {it["name"]: it for it in read(POSTGRES, "sql")}
    with (
        tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder,
        postgres_server.server(Path(folder)) as server,
    ):
        server.run(*sorted((POSTGRES / "schema").glob("*.sql")))
        made = json.loads(server.ask(_COLUMNS))
        server.ask("CREATE SCHEMA said")
        for name, model in found.items():
            columns = ", ".join(
                f'"{it["name"]}" {_SERIAL.get(it["type"], it["type"])}'
                + (f" DEFAULT {it['default']}" if it["default"] else "")
                for it in model["fields"]
            )
            server.ask(f'CREATE TABLE said."{name}" ({columns})')
        said = {
            (it["table"].removeprefix("said."), it["name"]): it
            for it in json.loads(server.ask(_COLUMNS))
            if it["table"].startswith("said.")
        }
    assert {(it["table"], it["name"]) for it in made} == said.keys()
    for it in made:
        field = next(f for f in found[it["table"]]["fields"] if f["name"] == it["name"])
        as_said = said[it["table"], it["name"]]
        assert it["type"] == as_said["type"], it
        serial = (it["default"] or "").startswith("nextval(")
        assert (None if serial else it["default"]) == as_said["default"], it
        for key in ("nullable", "unique", "primary_key"):
            assert field[key] == it[key], (it, key)


def test_relations_and_indexes_of_postgresql() -> None:
    found = {it["name"]: it for it in read(POSTGRES, "sql")}
    assert found["ledger.accounts"]["relations"] == [
        {"name": "customer_id", "target": "customers", "kind": "many-to-one", "via": "customer_id"}
    ]
    assert [it["target"] for it in found["transfers"]["relations"]] == ["ledger.accounts"] * 2
    assert found["ledger.accounts"]["indexes"] == [
        {"fields": ["customer_id", "kind"], "unique": True}
    ]
    assert found["transfers"]["indexes"] == [{"fields": ["at", "source"], "unique": False}]


# MySQL is not started: what is expected is written from its manual (CREATE TABLE, ALTER TABLE).
MYSQL = """
#- schema.sql
CREATE TABLE `users` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'the key, of course',
  `email` varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `state` enum('new','old') DEFAULT 'new' NOT NULL,
  `seen` timestamp NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  `team` bigint,
  PRIMARY KEY (`id`),
  UNIQUE KEY `mail` (`email`),
  KEY `team_state` (`team`,`state`(3)),
  FULLTEXT KEY `words` (`email`),
  CONSTRAINT `fk` FOREIGN KEY (`team`) REFERENCES `teams` (`id`) ON DELETE SET NULL
) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 PARTITION BY HASH(`id`) PARTITIONS 4;
ALTER TABLE users MODIFY COLUMN state varchar(9), CHANGE seen last_seen datetime(6) NOT NULL,
  ADD INDEX (last_seen);
"""


def test_mysql(tmp_path: Path) -> None:
    (model,) = backend(tmp_path, MYSQL).models
    shown = [
        (it.name, it.type, it.nullable, it.unique, it.primary_key, it.default)
        for it in model.fields
    ]
    assert shown == [
        ("id", "int(10) unsigned", False, False, True, ""),
        ("email", "varchar(191)", False, True, False, ""),
        ("state", "varchar(9)", True, False, False, ""),
        ("last_seen", "datetime(6)", False, False, False, ""),
        ("team", "bigint", True, False, False, ""),
    ]
    assert [(it.target, it.kind) for it in model.relations] == [("teams", "many-to-one")]
    assert [(it.name, it.fields) for it in model.indexes] == [
        ("team_state", ["team", "state"]),
        ("words", ["email"]),
        ("", ["last_seen"]),
    ]


def test_tables_that_the_code_declares_are_not_listed_twice(tmp_path: Path) -> None:
    found = backend(
        tmp_path,
        """
        #- app/models.py
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
        class Base(DeclarativeBase): pass
        class User(Base):
            __tablename__ = "users"
            id: Mapped[int] = mapped_column(primary_key=True)
        #- db/schema.sql
        CREATE TABLE users (id int primary key);
        CREATE TABLE audit (id int primary key);
        """,
    )
    assert [(it.name, it.kind) for it in found.models] == [("User", "sqlalchemy"), ("audit", "sql")]
