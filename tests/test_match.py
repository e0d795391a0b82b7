"""Which recipe and endpoint a free request means, where the wording is a trap."""

from __future__ import annotations

from pathlib import Path

import pytest

import projects
from backwright.recipes.match import Meaning, meaning_of, model_place
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
    backend = projects.backend(tmp_path, PROJECT)
    meant = meaning_of(request_, backend, "", 0)
    assert isinstance(meant, Meaning), meant
    assert meant.recipe.id == recipe
    assert meant.place is not None
    titles = [it.title for it in backend.routes if it.handler_place == meant.place]
    assert route in titles


def test_several_endpoints_are_named_in_the_refusal(tmp_path: Path) -> None:
    meant = meaning_of("add tests for the items", projects.backend(tmp_path, PROJECT), "", 0)
    assert isinstance(meant, Refused)
    assert "GET /items" in meant.reason


MODELS = """
#- requirements.txt
sqlalchemy
#- models.py
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)


class OrderItem(Base):
    __tablename__ = "order_items"
    id: Mapped[int] = mapped_column(primary_key=True)
"""


@pytest.mark.parametrize(
    ("request_", "model"),
    [
        ("endpoints for the order items", "OrderItem"),
        ("crud for OrderItem please", "OrderItem"),
        ("schemas for an order", "Order"),
        ("crud for invoices", None),
    ],
)
def test_the_model_that_is_named(tmp_path: Path, request_: str, model: str | None) -> None:
    backend = projects.backend(tmp_path, MODELS)
    place = model_place(request_, backend)
    assert [it.name for it in backend.models if it.place == place] == ([model] if model else [])
