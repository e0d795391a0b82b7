"""Recipes are offered where they have something to do, as far as facts tell."""

from __future__ import annotations

from pathlib import Path

from backwright.facts.backend import Backend
from backwright.recipes.offers import offers_at
from projects import backend

OPEN = """
#- app.py
import sqlite3
from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("x.db")


@app.get("/users")
def users():
    return db.execute(f"SELECT * FROM users WHERE name = '{request.args['name']}'").fetchall()


@app.get("/health")
def health():
    return "ok"
"""
GUARDED = OPEN.replace(
    '@app.get("/health")',
    """
def login_required(view):
    return view


@app.get("/health")
@login_required""",
)


def offered(found: Backend, path: str) -> set[str]:
    place = next(it.handler_place for it in found.routes if it.path == path)
    offers = offers_at(found, place.file, place.start, with_model=False)
    return {it.recipe.id for it in offers}


def test_a_cure_is_offered_where_the_flaw_is(tmp_path: Path) -> None:
    found = backend(tmp_path, OPEN)
    assert "prevent-sql-injection" in offered(found, "/users")
    assert "prevent-sql-injection" not in offered(found, "/health")


def test_what_is_reused_is_offered_where_another_endpoint_has_it(tmp_path: Path) -> None:
    assert "add-authentication" not in offered(backend(tmp_path / "open", OPEN), "/users")
    guarded = backend(tmp_path / "guarded", GUARDED)
    assert "add-authentication" in offered(guarded, "/users")
    assert "add-authentication" not in offered(guarded, "/health")


def test_pages_are_offered_where_many_things_are_read(tmp_path: Path) -> None:
    one = OPEN.replace('"/health"', '"/users/<int:user_id>"')
    found = backend(tmp_path, one.replace("def health()", "def user(user_id)"))
    assert "add-pagination" in offered(found, "/users")
    assert "add-pagination" not in offered(found, "/users/{user_id}")
