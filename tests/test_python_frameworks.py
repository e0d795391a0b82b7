"""What is known of a route beyond its path, in frameworks that declare it in ways of their own."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import projects
from backwright.facts.backend import Route
from backwright.index.frameworks import frameworks
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
    "flask-appbuilder/bookshop": {
        "GET /books/show/{pk}": {
            "handler": "BookView.show",
            "params": ["path pk "],
            "guards": ["has_access"],
        },
        "GET /reports/sales/{year}": {
            "handler": "Reports.sales",
            "params": ["path year int"],
            "guards": ["has_access"],
        },
    },
    "flask-appbuilder/apis_module": {
        "POST /api/v1/truck/{pk}/park": {
            "handler": "TruckApi.park",
            "params": ["path pk int", "body place "],
            "guards": ["protect"],
        },
    },
    "aiohttp/route_tables": {
        "POST /poll/{question_id}/vote": {
            "handler": "vote",
            "params": ["path question_id ", "body choice "],
            "guards": ["auth_middleware"],
        },
        "GET /settings/{key}": {
            "handler": "Settings.get",
            "params": ["path key ", "query lang "],
            "guards": ["auth_middleware"],
        },
    },
    "aiohttp/subapps": {
        "GET /api/v1/fleet/admin/users": {"handler": "users", "guards": ["require_admin"]},
        "GET /api/v1/fleet/trucks": {"handler": "list_trucks"},
    },
    "tornado/handlers": {
        "GET /": {"handler": "HomeHandler.get", "params": ["query page "]},
        "POST /entry/{slug}": {
            "handler": "EntryHandler.post",
            "params": ["path slug ", "form text "],
            "guards": ["authenticated"],
        },
        "GET /api/v1/items": {"handler": "Items.get", "guards": ["prepare"]},
    },
    "sanic/versioned": {
        "GET /v1/api/items/{item_id}": {
            "handler": "read_item",
            "params": ["path item_id int"],
            "guards": ["check_token"],
        },
        "GET /ops/health": {"handler": "health", "guards": ["check_token", "only_inside"]},
    },
    "sanic/views_factory": {
        "GET /tickets/{number}": {
            "handler": "TicketView.get",
            "params": ["path number int"],
            "guards": ["agents_only"],
        },
        "POST /tickets": {"handler": "TicketsView.post", "params": ["body title "]},
    },
    "litestar/controllers": {
        "PATCH /api/books/{book_id}": {
            "handler": "BookController.change_book",
            "params": ["path book_id UUID", "body data Book"],
            "request_model": "Book",
            "response_model": "Book",
            "guards": ["session_guard", "HasScope"],
        },
        "GET /api/loans/count": {
            "handler": "Base.count",
            "response_model": "int",
            "guards": ["session_guard"],
        },
    },
    "falcon/responders": {
        "DELETE /v1/parcels/{number}": {
            "handler": "Parcels.on_delete",
            "params": ["path number int"],
            "guards": ["RequireKey", "needs_role"],
        },
        "GET /v1/parcels": {
            "handler": "Parcels.on_get_all",
            "params": ["query page "],
            "guards": ["RequireKey"],
        },
    },
}


def test_what_base_classes_give_is_what_the_library_exposes() -> None:
    given = {
        origin: {(it.name, it.path, it.methods) for it in role.gives}
        for framework in frameworks()
        for role in framework.route_class
        for origin in role.origins
        if role.gives
    }
    for origin, routes in given.items():
        module, _, name = origin.rpartition(".")
        class_ = getattr(import_module(module), name)
        exposed = {
            (method, path, tuple(methods))
            for method in dir(class_)
            for path, methods in getattr(getattr(class_, method), "_urls", ())
        }
        assert routes == exposed, origin


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


TESTED = {
    "flask-restful": """
#- requirements.txt
flask-restful
#- app.py
from flask import Flask
from flask_restful import Api, Resource

app = Flask(__name__)
api = Api(app)

@api.resource("/items/<int:item_id>")
class Item(Resource):
    def get(self, item_id): ...
#- test_app.py
from app import app

def test_item():
    assert app.test_client().get("/items/3").status_code == 200
""",
    "aiohttp": """
#- requirements.txt
aiohttp
#- app.py
from aiohttp import web

async def item(request): ...

def make_app():
    app = web.Application()
    app.router.add_get("/items/{item_id}", item)
    return app
#- test_app.py
import pytest

import projects
from app import make_app

@pytest.fixture
async def client(aiohttp_client):
    return await aiohttp_client(make_app())

async def test_item(client):
    response = await client.get("/items/3")
    assert response.status == 200
""",
    "tornado": """
#- requirements.txt
tornado
#- app.py
from tornado.web import Application, RequestHandler

class Item(RequestHandler):
    def get(self, item_id): ...

def make_app():
    return Application([(r"/items/([0-9]+)", Item)])
#- test_app.py
from tornado.testing import AsyncHTTPTestCase
from app import make_app

class TestItem(AsyncHTTPTestCase):
    def get_app(self):
        return make_app()

    def test_item(self):
        response = self.fetch("/items/3")
        self.assertEqual(response.code, 200)
""",
    "sanic": """
#- requirements.txt
sanic
#- app.py
from sanic import Sanic

app = Sanic("shop")

@app.get("/items/<item_id:int>")
async def item(request, item_id): ...
#- test_app.py
from app import app

def test_item():
    request, response = app.test_client.get("/items/3")
    assert response.status == 200
""",
    "litestar": """
#- requirements.txt
litestar
#- app.py
from litestar import Litestar, get

@get("/items/{item_id:int}")
async def item(item_id: int) -> int: ...

app = Litestar([item])
#- test_app.py
from litestar.testing import TestClient
from app import app

def test_item():
    with TestClient(app=app) as client:
        assert client.get("/items/3").status_code == 200
""",
    "falcon": """
#- requirements.txt
falcon
#- app.py
import falcon

class Item:
    def on_get(self, req, resp, item_id): ...

def create():
    app = falcon.App()
    app.add_route("/items/{item_id:int}", Item())
    return app
#- test_app.py
import pytest

import projects
from falcon import testing
from app import create

@pytest.fixture
def client():
    return testing.TestClient(create())

def test_item(client):
    assert client.simulate_get("/items/3").status_code == 200
""",
}


@pytest.mark.parametrize("framework", TESTED)
def test_requests_of_tests_reach_the_route(framework: str, tmp_path: Path) -> None:
    known = projects.backend(tmp_path, TESTED[framework])
    assert [(it.framework, len(it.tests)) for it in known.routes] == [(framework, 1)]


PROVIDED = """
#- requirements.txt
litestar
#- app.py
from typing import Annotated
from litestar import Controller, Litestar, get, post
from litestar.di import Provide
from litestar.params import Parameter

async def session(): ...
async def page(number: int = 1, size: int = 10) -> dict: ...

class Items(Controller):
    path = "/items"
    dependencies = {"page": Provide(page)}

    @get()
    async def read(self, page: dict, db: "Session", q: str | None = None) -> list[str]: ...

    @post("/{shelf:int}")
    async def add(
        self, shelf: int, db: "Session", token: Annotated[str, Parameter(header="X-Token")]
    ) -> None: ...

app = Litestar([Items], dependencies={"db": Provide(session)})
"""


def test_what_layers_provide_is_no_input_but_takes_some(tmp_path: Path) -> None:
    routes = projects.backend(tmp_path, PROVIDED).routes
    assert [[f"{it.location} {it.name}" for it in route.parameters] for route in routes] == [
        ["query number", "query size", "query q"],
        ["path shelf", "header X-Token"],
    ]
