"""Endpoints with SQL that is put together, run before and after: what leaks no longer does.

Python runs on sqlite3. For Node the driver is one that records what it is given: what a real one
makes of a statement and its values is its own affair.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from backwright.edits import disk
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings
from node import command, link_node_modules
from projects import write

INJECTED = "nobody' OR 1 OR '1'='1"
_FLASK = """
#- app.py
import sqlite3
from flask import Flask, jsonify, request

app = Flask(__name__)
db = sqlite3.connect("users.db", check_same_thread=False)


@app.get("/users")
def users():
    name = request.args["name"]
    {body}
    return jsonify([row[0] for row in rows])
"""
# Each finds the users of a name; a part of a name where it uses LIKE.
BODIES = {
    "f-string": """rows = db.execute(f"SELECT name FROM users WHERE name = '{name}'")""",
    "sum": """rows = db.execute("SELECT name FROM users WHERE name = '" + name + "'")""",
    "percent": """rows = db.execute("SELECT name FROM users WHERE name = '%s'" % name)""",
    "percent of several": (
        """rows = db.execute("SELECT name FROM users WHERE id>%s AND name = '%s'" % ("0", name))"""
    ),
    "format": """rows = db.execute("SELECT name FROM users WHERE name = '{}'".format(name))""",
    "format by name": (
        """rows = db.execute("SELECT name FROM users WHERE name = '{who}'".format(who=name))"""
    ),
    "named": (
        """sql = f"SELECT name FROM users WHERE name = '{name}'"\n    rows = db.execute(sql)"""
    ),
    "grown": (
        """sql = "SELECT name FROM users WHERE id < 9"\n    if name:\n"""
        """        sql += f" AND name = '{name}'"\n    rows = db.execute(sql)"""
    ),
    "like": """rows = db.execute(f"SELECT name FROM users WHERE name LIKE '%{name}%'")""",
    "like of a sum": (
        """rows = db.execute("SELECT name FROM users WHERE name LIKE '" + name + "%'")"""
    ),
    "in front of a parameter": (
        """rows = db.execute(f"SELECT name FROM users WHERE name = '{name}' AND id < ?", (9,))"""
    ),
    "behind a parameter": (
        """rows = db.execute(f"SELECT name FROM users WHERE id < ? AND name = '{name}'", (9,))"""
    ),
}
_PG = """
exports.Pool = class {
  async query(sql, values = []) {
    return { rows: [typeof sql === 'string' ? { sql, values } : { sql: sql.text, ...sql }] };
  }
};
"""
_EXPRESS = """
//- package.json
{"dependencies": {"express": "^5.0.0", "pg": "^8.0.0"}}
//- app.js
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();

app.get('/users', async (req, res) => {
  const { rows } = await pool.query(STATEMENT);
  res.json(rows[0]);
});

module.exports = app;
"""
STATEMENTS: dict[str, tuple[str, list[object]]] = {
    "`SELECT id FROM users WHERE name = '${req.query.name}'`": ("$1", [INJECTED]),
    '"SELECT id FROM users WHERE name = \'" + req.query.name + "\'"': ("$1", [INJECTED]),
    "`SELECT id FROM users WHERE name ILIKE '%${req.query.name}%'`": ("$1", [f"%{INJECTED}%"]),
    "{ text: `SELECT id FROM users WHERE name = '${req.query.name}'` }": ("$1", [INJECTED]),
    "`SELECT id FROM users WHERE id = $1 AND name = '${req.query.name}'`, [7]": (
        "$2",
        [7, INJECTED],
    ),
}
_ASK = """
const app = require(process.argv[1]);
const server = app.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const url = `http://127.0.0.1:${port}/users?name=${encodeURIComponent(process.argv[2])}`;
  console.log(await (await fetch(url)).text());
  server.closeAllConnections();
  server.close();
});
"""


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("kind", BODIES)
async def test_injected_sql_finds_nobody_once_values_are_bound(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "project", _FLASK.replace("{body}", BODIES[kind]))
    monkeypatch.chdir(folder)
    with sqlite3.connect("users.db") as db:
        db.execute("CREATE TABLE users (id INTEGER, name TEXT)")
        db.executemany("INSERT INTO users VALUES (?, ?)", [(1, "Ada"), (2, "O'Hara")])
    db.close()
    assert asked(folder, INJECTED) == (200, ["Ada", "O'Hara"])
    assert asked(folder, "O'Hara")[0] == 500
    await prevented(folder)
    assert asked(folder, INJECTED) == (200, [])
    assert asked(folder, "Ada") == (200, ["Ada"])
    assert asked(folder, "O'Hara") == (200, ["O'Hara"])


@pytest.mark.parametrize("statement", STATEMENTS)
async def test_what_a_client_sends_reaches_the_driver_apart_from_the_sql(
    statement: str, tmp_path: Path
) -> None:
    link_node_modules(tmp_path)
    folder = write(tmp_path / "project", _EXPRESS.replace("STATEMENT", statement))
    write(folder, "//- node_modules/pg/index.js" + _PG)
    assert INJECTED in str(driven(folder)["sql"])
    await prevented(folder)
    mark, values = STATEMENTS[statement]
    found = driven(folder)
    assert str(found["sql"]).endswith(f" {mark}")
    assert found["values"] == values


async def prevented(folder: Path) -> None:
    """Applies the recipe at the only endpoint; a second time it has nothing to do."""
    workspace = Workspace(folder)
    workspace.refresh()
    result = await Engine(workspace, Settings(), Offline()).run(_ask(workspace))
    assert (result.report.status, result.exit_status) == ("planned", 0), result.report.summary
    disk.write(folder, result.before, result.after)
    workspace.refresh()
    again = await Engine(workspace, Settings(), Offline()).run(_ask(workspace))
    assert again.report.status == "planned"
    assert not again.change


def _ask(workspace: Workspace) -> Ask:
    place = workspace.backend.routes[0].place
    return Ask("prevent-sql-injection", place.file, place.end - 1)


def asked(folder: Path, name: str) -> tuple[int, object]:
    namespace: dict[str, object] = {"__name__": "app"}
    exec((folder / "app.py").read_text("utf-8"), namespace)
    app, db = namespace["app"], namespace["db"]
    assert isinstance(app, Flask)
    assert isinstance(db, sqlite3.Connection)
    try:
        response = app.test_client().get("/users", query_string={"name": name})
    finally:
        db.close()
    return response.status_code, response.json if response.status_code == 200 else None


def driven(folder: Path) -> dict[str, object]:
    """The statement and the values that the driver was given."""
    done = subprocess.run(
        [command("node"), "-e", _ASK, str(folder / "app.js"), INJECTED],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found
