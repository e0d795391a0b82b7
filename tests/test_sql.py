"""SQL that is put together from strings: exactly the lines that are marked `built` are found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from projects import backend, parts

DBAPI = """
#- store.py
import sqlite3
from textwrap import dedent

TABLE = "users"
COLUMNS = {"name": "users.name", "age": "users.age"}
ORDERS = ["asc", "desc"]


def template(cursor, name):
    cursor.execute(f"SELECT * FROM users WHERE name = '{name}'")  # built


def percent(cursor, name):
    cursor.execute("SELECT * FROM users WHERE name = '%s'" % name)  # built


def formatted(cursor, name):
    cursor.execute("SELECT * FROM users WHERE name = '{}'".format(name))  # built


def added(cursor, name):
    cursor.execute("SELECT * FROM users WHERE name = '" + name + "'")  # built


def through_a_name(cursor, name):
    query = f"DELETE FROM users WHERE name = '{name}'"
    cursor.execute(query)  # built


def grown(cursor, name=None):
    query = "SELECT * FROM users"
    if name:
        query += f" WHERE name = '{name}'"
    cursor.execute(query)  # built


def clauses(cursor, filters):
    where = ["1 = 1"]
    for key, value in filters.items():
        where.append(f"{key} = '{value}'")
    cursor.execute("SELECT * FROM users WHERE " + " AND ".join(where))  # built


def dedented(cursor, name):
    cursor.execute(  # built
        dedent(
            f\"\"\"
            -- all of them
            SELECT * FROM users WHERE name = '{name}'
            \"\"\"
        )
    )


class Store:
    table = "users"

    def one(self, number):
        self.db.execute(f"SELECT * FROM {self.table} WHERE id = {number}")  # built

    def every(self):
        self.db.execute(f"SELECT * FROM {self.table}")


def parameters(cursor, name):
    cursor.execute("SELECT * FROM users WHERE name = ?", (name,))


def constants(cursor, name):
    cursor.execute(f"SELECT * FROM {TABLE} WHERE name = %s", (name,))


def placeholders(cursor, ids):
    marks = ", ".join("?" for _ in ids)
    cursor.execute(f"SELECT * FROM users WHERE id IN ({marks})", ids)
    cursor.execute(f"SELECT * FROM users WHERE id IN ({','.join('?' * len(ids))})", ids)
    cursor.execute("SELECT * FROM users WHERE id IN (%s)" % ",".join(["%s"] * len(ids)), ids)
    numbered = ", ".join(f"${i}" for i, _ in enumerate(ids, 1))
    cursor.execute(f"SELECT * FROM users WHERE id IN ({numbered})", ids)


def numbers(cursor, page: int, size):
    cursor.execute(f"SELECT * FROM users LIMIT {int(size)} OFFSET {page}")


def from_a_table(cursor, sort):
    cursor.execute(f"SELECT * FROM users ORDER BY {COLUMNS[sort]}")


def from_a_table_with_default(cursor, sort):
    cursor.execute(f"SELECT * FROM users ORDER BY {COLUMNS.get(sort, 'users.name')}")


def checked(cursor, order):
    if order not in ORDERS:
        raise ValueError(order)
    cursor.execute(f"SELECT * FROM users ORDER BY name {order}")


def chosen(cursor, newest):
    cursor.execute(f"SELECT * FROM users ORDER BY id {'DESC' if newest else 'ASC'}")


def known_clauses(cursor, name):
    where = ["1 = 1"]
    if name:
        where.append("name = ?")
    cursor.execute("SELECT * FROM users WHERE " + " AND ".join(where), (name,))


def quoted(cursor, table):
    cursor.execute(f"SELECT * FROM {quote_table(table)}")


def each(cursor):
    for table in ("users", "orders"):
        cursor.execute(f"DELETE FROM {table}")


def passed_on(cursor, query):
    cursor.execute(query)


def no_sql(runner, name):
    runner.execute(f"say {name}")
    runner.execute(f"exec {name}")
"""

FLASK_REQUEST = """
#- app.py
import psycopg
from flask import Flask, request
from psycopg import sql
from settings import SCHEMA

app = Flask(__name__)


@app.get("/users")
def users():
    with psycopg.connect() as connection:
        connection.execute(f"SELECT * FROM users WHERE name = '{request.args['name']}'")  # built
        connection.execute("SELECT * FROM users WHERE name = " + request.args.get("name"))  # built
        connection.execute(f"SELECT * FROM {SCHEMA}.users")
        connection.execute(
            sql.SQL("SELECT * FROM {}").format(sql.Identifier(request.args["table"]))
        )
    return ""
#- settings.py
import os
SCHEMA = os.environ["SCHEMA"]
"""

SQLALCHEMY = """
#- store.py
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from models import User

WHERE = "name = :name"


def by_name(session: Session, name: str):
    session.execute(text(f"SELECT * FROM users WHERE name = '{name}'"))  # built
    session.query(User).filter(text("name = '" + name + "'"))  # built
    session.connection().exec_driver_sql(f"SELECT * FROM users WHERE name = '{name}'")  # built
    session.execute(text(f"SELECT * FROM {User.__tablename__} WHERE {WHERE}"), {"name": name})
    session.execute(text("SELECT * FROM users WHERE name = :name"), {"name": name})
    session.execute(select(User).where(User.name == f"{name}!"))
#- models.py
class User: ...
#- migrations/versions/001.py
from alembic import op
def upgrade(schema): op.execute(f"UPDATE {schema}.users SET name = ''")
"""

DJANGO = """
#- shop/views.py
from django.db import connection
from shop.models import Order


def orders(request):
    name = request.GET["name"]
    Order.objects.raw(f"SELECT * FROM orders WHERE name = '{name}'")  # built
    Order.objects.raw("SELECT * FROM orders WHERE name = %s" % name)  # built
    Order.objects.extra(where=[f"name = '{name}'"])  # built
    Order.objects.raw("SELECT * FROM orders WHERE name = %s", [name])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orders SET name = '%s'" % name)  # built
        table = connection.ops.quote_name(name)
        cursor.execute(f"SELECT * FROM {table}")
        cursor.execute(f"SELECT * FROM {Order._meta.db_table}")
#- shop/models.py
class Order: ...
"""

ASYNCPG = """
#- store.py
import asyncpg


async def find(pool: asyncpg.Pool, name: str, limit: int):
    async with pool.acquire() as connection:
        await connection.fetch(f"SELECT * FROM users WHERE name = '{name}'")  # built
        await connection.fetchrow(f"SELECT * FROM users LIMIT {limit}")
        await connection.fetch("SELECT * FROM users WHERE name = $1", name)
"""

NODE = """
//- db.ts
import { Pool } from "pg";

const TABLE = "users";
const COLUMNS: Record<string, string> = { name: "name", age: "age" };
const pool = new Pool();

export async function find(name: string, sort: string, ids: number[], page: number) {
  await pool.query(`SELECT * FROM users WHERE name = '${name}'`); // built
  await pool.query("SELECT * FROM users WHERE name = '" + name + "'"); // built
  await pool.query({ text: `SELECT * FROM users WHERE name = '${name}'` }); // built
  const query = `SELECT * FROM ${TABLE} ORDER BY ${sort}`;
  await pool.query(query); // built
  await pool.query(`SELECT * FROM ${TABLE} ORDER BY ${COLUMNS[sort]}`);
  await pool.query("SELECT * FROM users WHERE name = $1", [name]);
  const marks = ids.map((_, i) => `$${i + 1}`).join(", ");
  await pool.query(`SELECT * FROM users WHERE id IN (${marks})`, ids);
  await pool.query(`SELECT * FROM users WHERE id IN (${ids.map(() => "?").join()})`, ids);
  await pool.query(`SELECT * FROM users LIMIT 10 OFFSET ${(page - 1) * 10}`);
}

export async function ordered(order: string) {
  if (!["asc", "desc"].includes(order)) throw new Error("no");
  await pool.query(`SELECT * FROM users ORDER BY name ${order}`);
}

export class Users {
  constructor(private readonly pool: Pool, private readonly table: string) {}

  async remove(id: string) {
    await this.pool.query(`DELETE FROM ${this.table} WHERE id = ${id}`); // built
    await this.pool.query(`DELETE FROM ${this.table} WHERE id = $1`, [id]);
  }
}
"""

BUILDERS = """
//- db.js
const knex = require("knex")({ client: "pg" });
const { PrismaClient } = require("@prisma/client");
const { Sequelize } = require("sequelize");
const Database = require("better-sqlite3");

const prisma = new PrismaClient();
const sequelize = new Sequelize("sqlite::memory:");
const db = new Database("file.db");

exports.find = async (req, res) => {
  await knex.raw(`SELECT * FROM users WHERE name = '${req.query.name}'`); // built
  await knex("users").whereRaw(`name = '${req.query.name}'`); // built
  await knex("users").whereRaw("name = ?", [req.query.name]);
  await prisma.$queryRawUnsafe(`SELECT * FROM users WHERE name = '${req.query.name}'`); // built
  await prisma.$queryRaw`SELECT * FROM users WHERE name = ${req.query.name}`;
  await sequelize.query(`SELECT * FROM users WHERE name = '${req.query.name}'`); // built
  await sequelize.query(`SELECT * FROM users WHERE name = ${sequelize.escape(req.query.name)}`);
  db.prepare(`SELECT * FROM users WHERE name = '${req.query.name}'`).get(); // built
  db.prepare("SELECT * FROM users WHERE name = ?").get(req.query.name);
  cache.get(`users of ${req.query.name}`);
};
"""


@pytest.mark.parametrize(
    "notation",
    [DBAPI, FLASK_REQUEST, SQLALCHEMY, DJANGO, ASYNCPG, NODE, BUILDERS],
    ids=["dbapi", "flask", "sqlalchemy", "django", "asyncpg", "node", "builders"],
)
def test_built_statements_are_found_and_no_others(tmp_path: Path, notation: str) -> None:
    expected = {
        (file, number)
        for file, text in parts(notation).items()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(r"(#|//) built$", line)
    }
    found = backend(tmp_path, notation).sql
    assert {(it.file, it.line) for it in found} == expected


def test_finding_names_its_function_and_sink(tmp_path: Path) -> None:
    found = backend(tmp_path, DBAPI).sql
    assert ("Store.one", "self.db.execute") in {(it.function, it.sink) for it in found}


def test_projects_without_a_database_are_not_looked_at(tmp_path: Path) -> None:
    notation = """
    #- shell.py
    def run(cursor, name):
        cursor.execute(f"SELECT {name}")
    """
    assert backend(tmp_path, notation).sql == []


def test_a_route_knows_the_statements_that_it_runs_itself_or_through_what_it_calls(
    tmp_path: Path,
) -> None:
    notation = """
    #- app.py
    from flask import Flask, request
    import store

    app = Flask(__name__)

    @app.get("/users")
    def users():
        return store.users(request.args["name"])

    @app.get("/health")
    def health():
        return "ok"
    #- store.py
    import sqlite3

    def users(name):
        return rows(name)

    def rows(name):
        return sqlite3.connect("x.db").execute(f"SELECT * FROM users WHERE name = '{name}'")
    """
    routes = {it.path: it for it in backend(tmp_path, notation).routes}
    assert [(it.file, it.line) for it in routes["/users"].sql] == [("store.py", 7)]
    assert routes["/health"].sql == []
