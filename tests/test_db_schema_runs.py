"""Schemas that db-schema writes load into real databases and hold what they say."""

from __future__ import annotations

import re
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import mariadb_server
import postgres_server
from backwright.facts.backend import Backend
from backwright.recipes.brief.read import read
from backwright.recipes.sql.ddl import drop_text, schema_text
from backwright.recipes.sql.dialect import dialects
from backwright.recipes.sql.planning import tables_of

SHOP = (
    "Create a schema for an e-commerce platform with tables for users, products, orders, and order"
    " items. Include appropriate indexes for common queries and foreign key relationships."
)
REQUESTS = [
    SHOP,
    "tables for hotels/rooms/guests/bookings",
    "habits with name, color, target_per_week and check_ins with done_on. a check in only once"
    " per habit and day",
    "recipes and ingredients (many-to-many); recipes have a title, a difficulty (easy, hard) and"
    " servings between 1 and 20",
    "groups (name, order integer, key unique) and users (email, password, birth date, bio,"
    " active default true, settings json, website unique, nickname max 30 characters)",
    "employees with a manager_id, departments with a head_id; an employee belongs to a department",
    "suppliers, parts (sku, name, unit_cost), purchase orders and purchase order lines",
]


OPEN = tomllib.loads(Path(__file__).with_name("requests").joinpath("open.toml").read_text("utf-8"))
REQUESTS += [it["text"] for it in OPEN["request"] if it["recipe"] == "db-schema"]


def _schema(request: str, database: str) -> str:
    tables = tables_of(read(request), request, Backend())
    return schema_text(tables, dialects()[database])


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres_server.Server]:
    if reason := postgres_server.missing():
        pytest.skip(reason)
    with (
        tempfile.TemporaryDirectory(prefix="pg") as folder,
        postgres_server.server(Path(folder)) as server,
    ):
        yield server


@pytest.fixture(scope="module")
def mariadb() -> Iterator[mariadb_server.Server]:
    if reason := mariadb_server.missing():
        pytest.skip(reason)
    with (
        tempfile.TemporaryDirectory(prefix="my") as folder,
        mariadb_server.server(Path(folder)) as server,
    ):
        yield server


@pytest.mark.parametrize("request_", REQUESTS)
def test_postgresql_loads_it_and_takes_it_back(
    request_: str, postgres: postgres_server.Server, tmp_path: Path
) -> None:
    tables = tables_of(read(request_), request_, Backend())
    up, down = tmp_path / "up.sql", tmp_path / "down.sql"
    dialect = dialects()["postgresql"]
    up.write_text(
        f"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n{_schema(request_, 'postgresql')}"
    )
    down.write_text(drop_text(tables, dialect))
    postgres.run(up)
    count = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    assert postgres.ask(count).strip() == str(len(tables))
    unindexed = """
        SELECT c.conrelid::regclass, c.conname FROM pg_constraint c
        WHERE c.contype = 'f' AND NOT EXISTS (
            SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])
    """
    assert postgres.ask(unindexed).strip() == "", "every foreign key leads an index"
    postgres.run(down)
    assert postgres.ask(count).strip() == "0"


def test_postgresql_holds_the_constraints_and_uses_the_indexes(
    postgres: postgres_server.Server, tmp_path: Path
) -> None:
    file = tmp_path / "up.sql"
    file.write_text(
        f"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n{_schema(SHOP, 'postgresql')}"
    )
    postgres.run(file)
    postgres.ask(
        "INSERT INTO users (email, name, password_hash)"
        " SELECT 'u' || n || '@example.com', 'User ' || n, 'x' FROM generate_series(1, 2000) n;"
        "INSERT INTO products (name, sku, price) SELECT 'P' || n, 'S' || n, n"
        " FROM generate_series(1, 200) n;"
        "INSERT INTO orders (user_id, status, created_at) SELECT 1 + n % 2000,"
        " CASE WHEN n % 50 = 0 THEN 'shipped' ELSE 'paid' END, now() - n * interval '1 minute'"
        " FROM generate_series(1, 20000) n;"
        "INSERT INTO order_items (order_id, product_id, unit_price)"
        " SELECT n, 1 + n % 200, 5 FROM generate_series(1, 20000) n; ANALYZE"
    )
    for wrong in (
        "INSERT INTO products (name, sku, price) VALUES ('x', 'x', -1)",
        "INSERT INTO products (name, sku, price) VALUES ('x', 'S1', 1)",
        "INSERT INTO users (email, name) VALUES ('new@example.com', 'x')",
        "INSERT INTO orders (user_id, status) VALUES (1, 'unheard of')",
        "INSERT INTO orders (user_id) VALUES (99999)",
        "INSERT INTO order_items (order_id, product_id, quantity, unit_price) VALUES (1, 1, 0, 1)",
        "DELETE FROM users WHERE id = 1",
        "DELETE FROM products WHERE id = 1",
    ):
        with pytest.raises(AssertionError, match="violates"):
            postgres.ask(wrong)
    postgres.ask("DELETE FROM orders WHERE id = 1")
    assert postgres.ask("SELECT count(*) FROM order_items WHERE order_id = 1").strip() == "0"
    for query, index in {
        "SELECT * FROM orders WHERE user_id = 7 ORDER BY created_at DESC LIMIT 10": (
            "orders_user_id_created_at_idx"
        ),
        "SELECT * FROM orders WHERE status = 'shipped' ORDER BY created_at DESC LIMIT 20": (
            "orders_status_created_at_idx"
        ),
        "SELECT * FROM order_items WHERE order_id = 7": "order_items_order_id_idx",
        "SELECT * FROM users WHERE email = 'u7@example.com'": "users_email_key",
    }.items():
        assert index in postgres.ask(f"EXPLAIN {query}")
    before = postgres.ask("SELECT updated_at FROM users WHERE id = 3")
    postgres.ask("UPDATE users SET name = 'New' WHERE id = 3")
    assert postgres.ask("SELECT updated_at FROM users WHERE id = 3") != before


@pytest.mark.parametrize("request_", REQUESTS)
def test_sqlite_loads_it(request_: str) -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(f"PRAGMA foreign_keys = ON;\n{_schema(request_, 'sqlite')}")
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    tables = [it for (it,) in database.execute("SELECT name FROM sqlite_schema WHERE type='table'")]
    for table in tables:
        for key in database.execute(f"PRAGMA foreign_key_list({table!r})").fetchall():
            assert key[2] in tables
    database.close()


def test_sqlite_holds_the_constraints() -> None:
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.executescript(f"PRAGMA foreign_keys = ON;\n{_schema(SHOP, 'sqlite')}")
    database.execute("INSERT INTO users (email, name, password_hash) VALUES ('a@b.c', 'A', 'x')")
    database.execute("INSERT INTO products (name, sku, price) VALUES ('P', 'S', 2.5)")
    database.execute("INSERT INTO orders (user_id) VALUES (1)")
    database.execute("INSERT INTO order_items (order_id, product_id, unit_price) VALUES (1, 1, 2)")
    for wrong in (
        "INSERT INTO products (name, sku, price) VALUES ('P', 'T', -1)",
        "INSERT INTO users (email, name, password_hash) VALUES ('a@b.c', 'B', 'x')",
        "INSERT INTO orders (user_id, status) VALUES (1, 'unheard of')",
        "DELETE FROM users",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(wrong)
    database.execute("UPDATE users SET updated_at = '2001-01-01', name = 'Old'")
    database.execute("UPDATE users SET name = 'New'")
    ((changed,),) = database.execute("SELECT updated_at FROM users").fetchall()
    assert not changed.startswith("2001")
    plan = database.execute(
        "EXPLAIN QUERY PLAN SELECT * FROM orders WHERE user_id = 1 ORDER BY created_at DESC"
    ).fetchall()
    assert "orders_user_id_created_at_idx" in str(plan)
    database.close()


@pytest.mark.parametrize("request_", REQUESTS)
def test_mysql_loads_it_and_takes_it_back(request_: str, mariadb: mariadb_server.Server) -> None:
    tables = tables_of(read(request_), request_, Backend())
    mariadb.ask(f"CREATE DATABASE loaded; USE loaded;\n{_schema(request_, 'mysql')}")
    count = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'loaded'"
    assert mariadb.ask(count).strip() == str(len(tables))
    mariadb.ask("DROP DATABASE loaded")


def test_mysql_holds_the_constraints(mariadb: mariadb_server.Server) -> None:
    mariadb.ask(
        f"CREATE DATABASE shop; USE shop;\n{_schema(SHOP, 'mysql')}"
        "INSERT INTO users (email, name, password_hash) VALUES ('a@b.c', 'A', 'x');"
        "INSERT INTO orders (user_id) VALUES (1);"
    )
    for wrong, told in {
        "INSERT INTO products (name, sku, price) VALUES ('P', 'T', -1)": "CONSTRAINT",
        "INSERT INTO users (email, name, password_hash) VALUES ('a@b.c', 'B', 'x')": "Duplicate",
        "INSERT INTO orders (user_id, status) VALUES (1, 'unheard of')": "CONSTRAINT",
        "DELETE FROM users": "foreign key constraint",
    }.items():
        with pytest.raises(AssertionError, match=told):
            mariadb.ask(wrong, "shop")
    assert "orders_user_id_created_at_idx" in mariadb.ask(
        "EXPLAIN SELECT * FROM orders WHERE user_id = 1 ORDER BY created_at DESC", "shop"
    )


@pytest.mark.parametrize("database", dialects())
def test_no_name_is_a_reserved_word_without_quotes(database: str) -> None:
    text = _schema(REQUESTS[4], database)
    for name in ("order", "key", "groups"):
        if name in dialects()[database].reserved.split():
            assert re.search(rf'["`]{name}["`]', text)
