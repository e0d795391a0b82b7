"""What is found missing, and the forms it is told in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Log

from backwright.cli.main import main
from backwright.gaps.find import find_gaps, rules
from backwright.gaps.sarif import sarif
from backwright.index.workspace import Workspace
from projects import backend
from sample_projects import SAMPLES, names

FASTAPI = """
#- app.py
from fastapi import BackgroundTasks, Depends, FastAPI, Form
from fastapi.security import HTTPBearer
from pydantic import BaseModel
import sqlite3

app = FastAPI()


class Item(BaseModel):
    name: str


@app.get("/items")
def read_items(): ...


@app.post("/items")
def add_item(item: Item): ...


@app.put("/items/{id}", dependencies=[Depends(HTTPBearer())])
def put_item(id: int, item: dict): ...


@app.post("/login")
def login(name: str = Form(), password: str = Form()): ...


@app.post("/auth/sign-up")
def create(item: Item): ...


@app.delete("/items/{id}")
def delete_item(id: str, tasks: BackgroundTasks):
    sqlite3.connect("db").execute(f"DELETE FROM items WHERE id = '{id}'")
    tasks.add_task(log, id)


def log(id: str): ...
#- test_app.py
from fastapi.testclient import TestClient
from app import app

client = TestClient(app)


def test_items():
    client.get("/items")
    client.post("/items", json={"name": "a"})
"""

EXPRESS = """
//- app.js
const express = require("express");
const rateLimit = require("express-rate-limit");
const { body } = require("express-validator");
const passport = require("passport");

const app = express();
app.use(express.json());
app.post("/items", passport.authenticate("jwt"), (req, res) => res.json(req.body.name));
app.put("/items/:id", rateLimit({ max: 3 }), body("name").isString(), (req, res) => {
  res.json(req.body.name);
});
"""


def found(tmp_path: Path, notation: str) -> set[tuple[str, str]]:
    """The kinds with what they are about, as far as the message names a route."""
    titles = {it.title for it in backend(tmp_path, notation).routes}
    return {
        (gap.kind, next((it for it in titles if f"{it} " in f"{gap.message} "), ""))
        for gap in find_gaps(backend(tmp_path, notation))
    }


def test_gaps_of_fastapi(tmp_path: Path) -> None:
    assert found(tmp_path, FASTAPI) == {
        ("unguarded-write", "POST /items"),
        ("unguarded-write", "DELETE /items/{id}"),
        ("no-rate-limit", "POST /items"),
        ("no-rate-limit", "PUT /items/{id}"),
        ("no-rate-limit", "DELETE /items/{id}"),
        ("no-rate-limit", "POST /login"),
        ("no-rate-limit", "POST /auth/sign-up"),
        ("no-validation", "PUT /items/{id}"),
        ("no-tests", "PUT /items/{id}"),
        ("no-tests", "DELETE /items/{id}"),
        ("no-tests", "POST /login"),
        ("no-tests", "POST /auth/sign-up"),
        ("sql-injection", ""),
        ("job-without-retries", ""),
    }


def test_gaps_of_express(tmp_path: Path) -> None:
    assert found(tmp_path, EXPRESS) == {
        ("no-validation", "POST /items"),
        ("no-rate-limit", "POST /items"),
        ("unguarded-write", "PUT /items/{id}"),
        ("no-tests", "POST /items"),
        ("no-tests", "PUT /items/{id}"),
    }


def test_gaps_stand_where_the_handler_does_in_order(tmp_path: Path) -> None:
    gaps = find_gaps(backend(tmp_path, FASTAPI))
    assert [(it.file, it.line, it.kind) for it in gaps] == sorted(
        (it.file, it.line, it.kind) for it in gaps
    )
    unguarded = [it.line for it in gaps if it.kind == "unguarded-write"]
    assert unguarded == [18, 34]
    assert [it.line for it in gaps if it.kind == "sql-injection"] == [35]


@pytest.mark.parametrize("name", names())
def test_samples_are_safe(name: str) -> None:
    gaps = find_gaps(Workspace(SAMPLES / name).refresh())
    assert gaps
    assert not {it.message for it in gaps if it.kind in {"unguarded-write", "sql-injection"}}


def test_rules_are_told_apart_and_explained() -> None:
    assert [it.id for it in rules()] == [
        "job-without-retries",
        "no-rate-limit",
        "no-tests",
        "no-validation",
        "sql-injection",
        "unguarded-write",
    ]
    assert all(it.title and it.why and it.recipe for it in rules())


def test_sarif_is_valid_and_holds_every_gap(tmp_path: Path) -> None:
    gaps = find_gaps(backend(tmp_path, FASTAPI))
    log = sarif(gaps)
    read = Log.model_validate_json(json.dumps(log))
    results = read.runs[0].results or []
    listed = read.runs[0].tool.driver.rules or []
    assert [it.ruleId for it in results] == [it.kind for it in gaps]
    assert [listed[it.ruleIndex].id for it in results] == [it.kind for it in gaps]


def test_validator_of_sarif_refuses_what_the_standard_does_not_know(tmp_path: Path) -> None:
    log = json.loads(json.dumps(sarif(find_gaps(backend(tmp_path, FASTAPI)))))
    log["runs"][0]["results"][0]["severity"] = "high"
    with pytest.raises(ValidationError):
        Log.model_validate(log)


def test_fingerprints_differ_and_outlive_lines_added_above(tmp_path: Path) -> None:
    def prints(notation: str) -> list[str]:
        log = json.loads(json.dumps(sarif(find_gaps(backend(tmp_path, notation)))))
        return [it["partialFingerprints"]["backwright/v1"] for it in log["runs"][0]["results"]]

    before = prints(FASTAPI)
    assert len(set(before)) == len(before)
    assert prints(FASTAPI.replace("#- app.py\n", "#- app.py\n\n\n")) == before


@pytest.mark.parametrize(("form", "key"), [("--json", "kind"), ("--sarif", "runs"), ("", "KIND")])
def test_command_prints_each_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, key: str
) -> None:
    backend(tmp_path, EXPRESS)
    assert main([it for it in ("gaps", str(tmp_path), form) if it]) == 0
    out = capsys.readouterr().out
    assert key in out
    if form:
        json.loads(out)
    if form == "--json":
        assert set(json.loads(out)[0]) == {"kind", "message", "file", "line", "recipe"}
