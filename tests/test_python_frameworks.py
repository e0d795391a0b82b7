"""What is known of a route beyond its path, in frameworks that declare it in ways of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from backwright.facts.backend import Route
from backwright.index.workspace import Workspace

APPS = Path(__file__).parent / "apps"

Known = dict[str, object]

ROUTES: dict[str, dict[str, Known]] = {
    "flask-restful/todo_factory": {
        "POST /api/v1/lists": {
            "handler": "ListCollection.post",
            "params": ["body title str", "body colour str"],
            "guards": ["token_required"],
            "validators": ["parser"],
        },
        "GET /api/v1/lists": {"handler": "ListCollection.get"},
        "GET /api/v1/l/{list_id}": {
            "handler": "ListDetail.get",
            "params": ["path list_id int"],
            "guards": ["token_required"],
        },
        "GET /api/v1/lists/{list_id}/tasks": {
            "handler": "Tasks.get",
            "params": ["path list_id int", "body text str", "query page int"],
            "guards": ["token_required"],
            "validators": ["reqparse"],
        },
        "POST /api/v1/tasks/{task_id}/done": {
            "handler": "TaskDone.post",
            "params": ["path task_id uuid"],
        },
    },
    "flask-smorest/petshop": {
        "GET /pets/": {
            "handler": "Pets.get",
            "params": ["query name String", "query age Int"],
            "response_model": "PetSchema",
            "validators": ["PetQuery"],
        },
        "POST /pets/": {
            "handler": "Pets.post",
            "request_model": "PetSchema",
            "response_model": "PetSchema",
            "guards": ["login_required"],
            "validators": ["PetSchema"],
        },
        "DELETE /pets/{pet_id}": {
            "handler": "PetById.delete",
            "params": ["path pet_id int"],
            "guards": ["login_required"],
        },
    },
    "flask-restx/namespaces": {
        "GET /zoo/cats/": {
            "handler": "CatList.get",
            "params": ["query page int", "query q "],
            "response_model": "Cat",
        },
        "POST /zoo/cats/": {
            "handler": "CatList.post",
            "request_model": "Cat",
            "response_model": "Cat",
            "validators": ["Cat"],
        },
        "GET /zoo/keepers/{number}/shifts": {
            "handler": "Shifts.get",
            "params": ["path number int"],
            "guards": ["staff_only"],
        },
    },
    "flask-restx/blueprint_api": {
        "GET /api/2/jobs/": {
            "handler": "Jobs.get",
            "params": ["query state str"],
            "validators": ["parser"],
        },
    },
}


def _known(route: Route) -> Known:
    found: Known = {
        "handler": route.handler,
        "params": [f"{it.location} {it.name} {it.type}" for it in route.parameters],
        "request_model": route.request_model,
        "response_model": route.response_model,
        "guards": [it.name for it in route.guards],
        "rate_limit": route.rate_limit,
        "validators": route.validators,
    }
    return {key: value for key, value in found.items() if value}


@pytest.mark.parametrize("app", ROUTES)
def test_what_is_known_of_routes(app: str) -> None:
    routes = {it.title: it for it in Workspace(APPS / app).refresh().routes}
    known = {title: _known(routes[title]) for title in ROUTES[app]}
    assert known == ROUTES[app]
