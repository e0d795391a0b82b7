"""Which recipe and endpoint a free request means, where the wording is a trap."""

from __future__ import annotations

from pathlib import Path

import pytest

import projects
from backwright.recipes.match import Meaning, meaning_of
from backwright.recipes.outcome import Refused

PROJECT = """
#- requirements.txt
flask
#- app.py
from flask import Flask, request

app = Flask(__name__)


@app.get("/items")
def list_items():
    return []


@app.get("/items/<int:item_id>")
def read_item(item_id):
    return {"id": item_id}


@app.route("/auth/login", methods=["GET", "POST"])
def login():
    return request.form["name"]
"""


@pytest.mark.parametrize(
    ("request_", "recipe", "route"),
    [
        ("limit GET /items to 5 a minute", "add-rate-limiting", "GET /items"),
        ("I want tests for read_item", "generate-tests", "GET /items/{item_id}"),
        ("limit login attempts to 5 per minute", "add-rate-limiting", "POST /auth/login"),
        ("don't rate limit it, just write tests for GET /items", "generate-tests", "GET /items"),
        ("write tests for /items/7 without a rate limit", "generate-tests", "GET /items/{item_id}"),
    ],
)
def test_the_recipe_and_the_endpoint(
    tmp_path: Path, request_: str, recipe: str, route: str
) -> None:
    meant = meaning_of(request_, projects.backend(tmp_path, PROJECT), "", 0)
    assert isinstance(meant, Meaning), meant
    assert meant.recipe.id == recipe
    assert meant.route is not None
    assert meant.route.title == route


def test_several_endpoints_are_named_in_the_refusal(tmp_path: Path) -> None:
    meant = meaning_of("add tests for the items", projects.backend(tmp_path, PROJECT), "", 0)
    assert isinstance(meant, Refused)
    assert "GET /items" in meant.reason
