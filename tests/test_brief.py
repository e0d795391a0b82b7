"""Briefs are what a person would take from the request."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backwright.recipes.brief.brief import Brief, Field
from backwright.recipes.brief.read import read

# Each request with its entities and what is told of them: `name` is a field, `name:type` with its
# type, `?` may be missing, `!` unique, `~` supposed, `> other` refers to it, `<> other` is shared.
CASES = {
    "Create a complete REST API for a blog with posts and comments. Include endpoints for CRUD"
    " operations on both resources, with posts having a one-to-many relationship with comments."
    " Use Express with TypeScript, implement input validation with Zod, and include proper error"
    " handling.": {"post": ["title~"], "comment": ["body:text~", "> post"]},
    "Create a PostgreSQL schema for an e-commerce platform with tables for users, products,"
    " orders, and order items. Include appropriate indexes for common queries and foreign key"
    " relationships.": {
        "user": ["email:email!~"],
        "product": ["price:decimal~"],
        "order": ["> user~"],
        "order_item": ["quantity:integer~", "> order~", "> product~"],
    },
    "Build a FastAPI application for user management with registration, login using JWT, and"
    " profile endpoints.": {"user": ["password:password~"]},
    "A todo list API: users have many lists; lists have many todos (title, done boolean,"
    " due_date)": {
        "user": [],
        "list": ["> user"],
        "todo": ["title:string", "done:boolean", "due_date:date", "> list"],
    },
    "Entities:\n- Author: name, bio\n- Book: title, isbn unique, price; belongs to author\n": {
        "author": ["name:string", "bio:text?"],
        "book": ["title:string", "isbn:string!", "price:decimal"],
    },
    "Add a Task model: title: string, done: boolean, priority one of low, medium, high": {
        "task": ["title:string", "done:boolean", "priority:choice"]
    },
    "CRUD for recipes and ingredients (many-to-many) in Flask": {
        "recipe": ["<> ingredient"],
        "ingredient": [],
    },
    "Every booking belongs to a room and to a guest. Rooms have a number, a floor and a price per"
    " night.": {
        "booking": ["> room", "> guest"],
        "room": ["number", "floor:integer", "price_per_night:decimal"],
        "guest": [],
    },
    "Create an API for posts with title, body and published_at and users (id, email unique,"
    " name). No comments.": {
        "post": ["title:string", "body:text", "published_at:datetime?"],
        "user": ["email:email!", "name:string"],
    },
    "REST API for a clinic with patients, doctors and appointments. An appointment belongs to one"
    " doctor and one patient and has a status of scheduled, done or cancelled.": {
        "patient": [],
        "doctor": [],
        "appointment": ["status:choice", "> doctor", "> patient"],
    },
}


@pytest.mark.parametrize("request_", CASES)
def test_entities_fields_and_relations(request_: str) -> None:
    brief = read(request_)
    wanted = CASES[request_]
    assert [it.name for it in brief.entities] == list(wanted)
    for name, told in wanted.items():
        found = _told(brief, name)
        assert [it for it in told if not any(it in other for other in found)] == [], found


def _told(brief: Brief, name: str) -> list[set[str]]:
    """What is told of an entity, each thing in every notation that says it."""
    entity = brief.entity(name)
    assert entity is not None
    found = [_notations(it) for it in entity.fields]
    for it in brief.relations:
        if it.source == name:
            mark = "<>" if it.kind == "many-to-many" else ">"
            found.append({f"{mark} {it.target}{'~' if it.supposed else ''}"})
    return found


def _notations(it: Field) -> set[str]:
    marks = f"{'' if it.required else '?'}{'!' if it.unique else ''}{'~' if it.supposed else ''}"
    return {it.name, f"{it.name}:{it.type}{marks}", f"{it.name}{marks}"}


def test_choices_bounds_and_defaults() -> None:
    brief = read(
        "products with sku, price (decimal, > 0), rating from 1 to 5, name max 80 characters,"
        " active boolean default true and status (draft, live)"
    )
    (product,) = brief.entities
    fields = {it.name: it for it in product.fields}
    assert (fields["rating"].minimum, fields["rating"].maximum) == (1, 5)
    assert fields["name"].maximum == 80
    assert fields["active"].default is True
    assert fields["status"].choices == ("draft", "live")
    assert fields["price"].minimum == 0


def test_wishes_and_what_is_not_read() -> None:
    brief = read(
        "REST API for invoices with Express and TypeScript, Prisma on Postgres, validated with"
        " Zod. Send a weekly report to the boss."
    )
    wishes = brief.wishes
    assert (wishes.framework, wishes.language, wishes.orm) == ("express", "typescript", "prisma")
    assert (wishes.database, wishes.validation) == ("postgresql", "zod")
    assert brief.unread == ("Send a weekly report to the boss",)


def test_what_shall_not_be_is_left_out() -> None:
    brief = read("An API for posts and tags without comments; posts without a slug")
    assert [it.name for it in brief.entities] == ["post", "tag"]
    assert brief.entities[0].field("slug") is None


OPEN = tomllib.loads(Path(__file__).with_name("requests").joinpath("open.toml").read_text("utf-8"))
READ = ("rest-api", "db-schema", "add-model", "jwt-auth", "rbac")


def test_entities_and_fields_of_requests_by_others_are_not_left_out() -> None:
    """Of those who did not see the rules; what a mistyped word names may be missed."""
    asked = [it for it in OPEN["request"] if it["recipe"] in READ and "entities" in it]
    missed = [it["text"] for it in asked if not _is_read(it)]
    assert len(missed) <= 0.1 * len(asked), missed


def _is_read(asked: dict[str, Any]) -> bool:
    brief = read(asked["text"])
    if not {it.name for it in brief.entities} >= set(asked["entities"]):
        return False
    for name, fields in asked.get("fields", {}).items():
        entity = brief.entity(name)
        known = {it.name for it in entity.fields} if entity else set()
        known |= {it.via for it in brief.relations if it.source == name}
        if not known >= {it.removesuffix("_id") for it in fields if it not in known}:
            return False
    return True


WORDS = (
    "a an the each of for with without has have many belongs to and or not null unique no per all"
    " posts comments post user's tables model list set date number on at is one users title email"
    " price status draft max 10 1-5 between 3 default true enum ( ) [ { } , : ; . - / \n \n- > ->"
    " \n\n as string one-to-many m:n create OrderItem user_id w/ + ' \""
)
SAID = st.lists(
    st.sampled_from(WORDS.split(" ")),
    max_size=25,
)


@given(SAID)
def test_any_words_are_read(said: list[str]) -> None:
    brief = read(" ".join(said))
    names = {it.name for it in brief.entities}
    assert all(it.source in names and it.target in names for it in brief.relations)
    for entity in brief.entities:
        fields = [it.name for it in entity.fields]
        assert len(fields) == len(set(fields))
        assert entity.name
