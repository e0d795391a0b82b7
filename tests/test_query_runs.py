"""Queries that are written from requests return the right rows of seeded databases."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import mariadb_server
import postgres_server
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.recipes.query.plan import Plan
from backwright.recipes.query.reading import read_plan
from backwright.recipes.query.schema import schema_of
from backwright.recipes.query.sql import sql_text
from backwright.recipes.sql.dialect import dialects
from backwright.settings import Settings

SCHEMA = """
CREATE TABLE categories (id {key}, name varchar(50));
CREATE TABLE customers (id {key}, name varchar(50), email varchar(90));
CREATE TABLE products (id {key}, name varchar(50), price numeric(10, 2), category_id {ref});
CREATE TABLE orders (id {key}, customer_id {ref}, status varchar(20), created_at {time});
CREATE TABLE order_items (
    id {key}, order_id {ref}, product_id {ref}, quantity int, unit_price numeric(10, 2)
);
CREATE TABLE reviews (id {key}, product_id {ref}, rating int);
"""
KEYS = """
ALTER TABLE products ADD FOREIGN KEY (category_id) REFERENCES categories (id);
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE order_items ADD FOREIGN KEY (order_id) REFERENCES orders (id);
ALTER TABLE order_items ADD FOREIGN KEY (product_id) REFERENCES products (id);
ALTER TABLE reviews ADD FOREIGN KEY (product_id) REFERENCES products (id);
"""
ROWS = """
INSERT INTO categories VALUES (1, 'Tools'), (2, 'Toys'), (3, 'Empty');
INSERT INTO customers VALUES (1, 'Ada', 'ada@x.y'), (2, 'Bo', 'bo@x.y'), (3, 'Cy', 'cy@x.y'),
    (4, 'Di', 'di@x.y');
INSERT INTO products VALUES (1, 'Saw', 20, 1), (2, 'Top', 5, 2), (3, 'Axe', 40, 1);
INSERT INTO orders VALUES (1, 1, 'paid', {d2}), (2, 1, 'paid', {d5}), (3, 2, 'open', {d3}),
    (4, 3, 'paid', {d90}), (5, 2, 'paid', {d90});
INSERT INTO order_items VALUES (1, 1, 1, 1, 20), (2, 1, 2, 2, 5), (3, 2, 1, 1, 20),
    (4, 3, 3, 2, 40), (5, 4, 3, 9, 40), (6, 5, 2, 1, 5);
INSERT INTO reviews VALUES (1, 1, 5), (2, 1, 3), (3, 2, 2);
"""
# Each request with the rows that it asks for, counted by hand.
WANTED: dict[str, list[list[object]]] = {
    "Write a query that returns the top 10 customers by total order value in the last 30 days,"
    " including their email and order count.": [
        [2, "Bo", "bo@x.y", 80, 1],
        [1, "Ada", "ada@x.y", 50, 2],
    ],
    "customers who never ordered anything": [[4, "Di"]],
    "customers without any orders in the past 30 days": [[3, "Cy"], [4, "Di"]],
    "number of orders per status": [["paid", 4], ["open", 1]],
    "best selling products of the last month": [[1, "Saw", 2], [2, "Top", 2], [3, "Axe", 2]],
    "average price of products per category": [
        [1, "Tools", 30],
        [2, "Toys", 5],
        [3, "Empty", None],
    ],
    "products with average review rating, at least 2 reviews": [[1, "Saw", 4]],
    "the 2 most expensive products": [[3, "Axe", 40], [1, "Saw", 20]],
    "products with price over 10 sorted by name": [[3, "Axe", 40], [1, "Saw", 20]],
    "products never reviewed": [[3, "Axe"]],
    "how many reviews does each product have": [[1, "Saw", 2], [2, "Top", 1], [3, "Axe", 0]],
    "top 1 customer by number of open orders": [[2, "Bo", 1]],
}


def _plans() -> dict[str, Plan]:
    with tempfile.TemporaryDirectory() as folder:
        text = SCHEMA.format(key="int PRIMARY KEY", ref="int", time="timestamp") + KEYS
        (Path(folder) / "schema.sql").write_text(text)
        workspace = Workspace(Path(folder))
        workspace.refresh()
        schema = schema_of(workspace.backend)
    plans = {request: read_plan(request, schema) for request in WANTED}
    return {request: it for request, it in plans.items() if isinstance(it, Plan)}


PLANS = _plans()


def _days(template: str) -> str:
    return ROWS.format(**{f"d{n}": template.format(n) for n in (2, 3, 5, 90)})


def _same(found: list[list[object]], wanted: list[list[object]]) -> bool:
    return _plain(found) == _plain(wanted)


def _plain(rows: list[list[object]]) -> list[list[object]]:
    return [[_value(it) for it in row] for row in rows]


def _value(it: object) -> object:
    if it is None or it in {"", "NULL"}:
        return None
    try:
        return round(float(str(it)), 2)
    except ValueError:
        return it


def test_each_request_has_a_plan() -> None:
    assert set(PLANS) == set(WANTED)


@pytest.mark.parametrize("request_", WANTED)
def test_sqlite(request_: str) -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(SCHEMA.format(key="INTEGER PRIMARY KEY", ref="int", time="TEXT"))
    database.executescript(_days("datetime('now', '-{} days')"))
    rows = database.execute(sql_text(PLANS[request_], dialects()["sqlite"])).fetchall()
    database.close()
    assert _same([list(it) for it in rows], WANTED[request_])


@pytest.fixture(scope="module")
def postgres() -> Iterator[postgres_server.Server]:
    if reason := postgres_server.missing():
        pytest.skip(reason)
    with (
        tempfile.TemporaryDirectory(prefix="pg") as folder,
        postgres_server.server(Path(folder)) as server,
    ):
        server.ask(SCHEMA.format(key="int PRIMARY KEY", ref="int", time="timestamptz") + KEYS)
        server.ask(_days("now() - interval '{} days'"))
        yield server


@pytest.mark.parametrize("request_", WANTED)
def test_postgresql(request_: str, postgres: postgres_server.Server) -> None:
    out = postgres.ask(sql_text(PLANS[request_], dialects()["postgresql"]))
    rows: list[list[object]] = [list(line.split("|")) for line in out.splitlines()]
    assert _same(rows, WANTED[request_])


@pytest.fixture(scope="module")
def mariadb() -> Iterator[mariadb_server.Server]:
    if reason := mariadb_server.missing():
        pytest.skip(reason)
    with (
        tempfile.TemporaryDirectory(prefix="my") as folder,
        mariadb_server.server(Path(folder)) as server,
    ):
        tables = SCHEMA.format(key="int PRIMARY KEY", ref="int", time="datetime") + KEYS
        rows = _days("now() - INTERVAL {} DAY")
        server.ask(f"CREATE DATABASE shop; USE shop; {tables} {rows}")
        yield server


@pytest.mark.parametrize("request_", WANTED)
def test_mysql(request_: str, mariadb: mariadb_server.Server) -> None:
    out = mariadb.ask(sql_text(PLANS[request_], dialects()["mysql"]), "shop")
    rows: list[list[object]] = [list(line.split("\t")) for line in out.splitlines()]
    assert _same(rows, WANTED[request_])


SQLALCHEMY = """
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from sqlalchemy import ForeignKey, Numeric
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Category(Base):
    __tablename__ = "categories"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")

class Product(Base):
    __tablename__ = "products"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))

class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    status: Mapped[str]
    created_at: Mapped[datetime]
    customer: Mapped[Customer] = relationship(back_populates="orders")

class OrderItem(Base):
    __tablename__ = "order_items"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[int]
    unit_price: Mapped[Decimal] = mapped_column(Numeric(10, 2))

class Review(Base):
    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    rating: Mapped[int]
"""
RUN_SQLALCHEMY = """
import json, sys
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from shop import models
from shop import queries
engine = create_engine("sqlite://")
models.Base.metadata.create_all(engine)
with Session(engine) as session:
    for statement in open(sys.argv[1]).read().split(";"):
        if statement.strip():
            session.execute(text(statement))
    names = [k for k, v in vars(queries).items() if getattr(v, "__module__", "") == "shop.queries"]
    rows = getattr(queries, names[-1])(session)
    made = [list(it) if hasattr(it, "_mapping") else [it.id, it.name] for it in rows]
    print(json.dumps(made, default=str))
"""
DJANGO = """
from django.db import models

class Category(models.Model):
    name = models.CharField(max_length=50)

class Customer(models.Model):
    name = models.CharField(max_length=50)
    email = models.EmailField()

class Product(models.Model):
    name = models.CharField(max_length=50)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    category = models.ForeignKey(Category, on_delete=models.PROTECT)

class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders")
    status = models.CharField(max_length=20)
    created_at = models.DateTimeField()

class OrderItem(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    quantity = models.IntegerField()
    unit_price = models.DecimalField(max_digits=10, decimal_places=2)

class Review(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    rating = models.IntegerField()
"""
DJANGO_TABLES = {
    "categories": ("category", "id, name"),
    "customers": ("customer", "id, name, email"),
    "products": ("product", "id, name, price, category_id"),
    "orders": ("order", "id, customer_id, status, created_at"),
    "order_items": ("orderitem", "id, order_id, product_id, quantity, unit_price"),
    "reviews": ("review", "id, product_id, rating"),
}
SETTINGS = """
SECRET_KEY = "only for this test"
INSTALLED_APPS = ["shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
"""
RUN_DJANGO = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django
django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from django.db import connection
from shop import queries
with connection.cursor() as cursor:
    for statement in open(sys.argv[1]).read().split(";"):
        if statement.strip():
            cursor.execute(statement)
names = [k for k, v in vars(queries).items() if getattr(v, "__module__", "") == "shop.queries"]
rows = getattr(queries, names[-1])()
shown = json.loads(sys.argv[2])
made = []
for it in rows:
    made.append(list(it.values()) if isinstance(it, dict) else [getattr(it, n) for n in shown])
print(json.dumps(made, default=str))
"""


async def _applied(folder: Path, request: str) -> Result:
    workspace = Workspace(folder)
    workspace.refresh()
    result = await Engine(workspace, Settings(), Offline()).run(Ask("query", "", 0, request))
    assert result.report.status == "planned", result.report.summary
    assert [it for it in result.report.checks if it.status == "failed"] == []
    for path, source in result.after.items():
        assert source is not None
        (folder / path).write_bytes(source)
    return result


def _run(folder: Path, program: str, *arguments: str) -> list[list[object]]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("request_", WANTED)
def test_sqlalchemy(request_: str, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    (folder / "shop").mkdir(parents=True)
    (folder / "shop/__init__.py").touch()
    (folder / "shop/models.py").write_text(SQLALCHEMY)
    asyncio.run(_applied(folder, request_))
    rows = tmp_path / "rows.sql"
    rows.write_text(_days("datetime('now', '-{} days')"))
    found = _run(folder, RUN_SQLALCHEMY, str(rows))
    wanted = WANTED[request_]
    assert _same([it[: len(wanted[0])] for it in found], [it[: len(found[0])] for it in wanted])


@pytest.mark.parametrize("request_", WANTED)
def test_django(request_: str, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    (folder / "shop").mkdir(parents=True)
    (folder / "shop/__init__.py").touch()
    (folder / "settings.py").write_text(SETTINGS)
    (folder / "manage.py").write_text("import django\n")
    (folder / "shop/models.py").write_text(DJANGO)
    asyncio.run(_applied(folder, request_))
    rows = tmp_path / "rows.sql"
    text = _days("datetime('now', '-{} days')")
    for name, (table, columns) in DJANGO_TABLES.items():
        text = text.replace(f"INTO {name} VALUES", f"INTO shop_{table} ({columns}) VALUES")
    rows.write_text(text)
    plan = PLANS[request_]
    shown = [it.column.name for it in plan.outputs] + [it.name for it in plan.measures]
    found = _run(folder, RUN_DJANGO, str(rows), json.dumps(shown))
    assert _same(found, WANTED[request_])
