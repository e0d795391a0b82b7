"""Guards, limiters and validators: of whole projects, and of each way to put one before a route."""

from __future__ import annotations

import tomllib
from pathlib import Path
from textwrap import dedent

import pytest

from apps.truth import app_dirs
from backwright.facts.backend import Route
from backwright.index.workspace import Workspace

PROJECTS = [it for it in app_dirs() if (it / "expected.toml").is_file()]


@pytest.mark.parametrize("app_dir", PROJECTS, ids=lambda it: it.parent.name)
def test_what_stands_before_each_handler(app_dir: Path) -> None:
    expected = tomllib.loads((app_dir / "expected.toml").read_text("utf-8"))["route"]
    wanted = {
        it["title"]: (it.get("guards", []), it.get("rate_limit", ""), it.get("validators", []))
        for it in expected
    }
    assert {it.title: _checks(it) for it in Workspace(app_dir).refresh().routes} == wanted


PYTHON = {
    "a factory's inner function bears the factory's name": (
        """
        from flask import Flask, abort
        app = Flask(__name__)
        class Access:
            def requires(self, role):
                def decorate(view):
                    def guarded(*args):
                        abort(403)
                    return guarded
                return decorate
        access = Access()
        @app.get("/")
        @access.requires("admin")
        def home(): ...
        """,
        (["requires"], "", []),
    ),
    "a decorator of a library's object that is not called": (
        """
        from flask import Flask
        from flask_httpauth import HTTPTokenAuth
        app = Flask(__name__)
        tokens = HTTPTokenAuth()
        @app.get("/")
        @tokens.login_required
        def home(): ...
        """,
        (["tokens.login_required"], "", []),
    ),
    "decorators of a class of views": (
        """
        from flask import Flask
        from flask.views import MethodView
        from flask_login import login_required
        app = Flask(__name__)
        class Home(MethodView):
            decorators = [login_required]
            def get(self): ...
        app.add_url_rule("/", view_func=Home.as_view("home"))
        """,
        (["login_required"], "", []),
    ),
    "dependencies of a router and of where it is included": (
        """
        from fastapi import APIRouter, Depends, FastAPI, HTTPException
        def check_key():
            raise HTTPException(401)
        def check_role():
            raise HTTPException(403)
        router = APIRouter(dependencies=[Depends(check_role)])
        @router.get("/")
        def home(): ...
        app = FastAPI()
        app.include_router(router, dependencies=[Depends(check_key)])
        """,
        (["check_key", "check_role"], "", []),
    ),
    "a class whose instances are called": (
        """
        from fastapi import Depends, FastAPI, HTTPException
        class Role:
            def __init__(self, name): ...
            def __call__(self):
                raise HTTPException(status_code=403)
        app = FastAPI()
        @app.get("/", dependencies=[Depends(Role("admin"))])
        def home(): ...
        """,
        (["Role"], "", []),
    ),
    "a middleware that looks at the path guards nothing for certain": (
        """
        from fastapi import FastAPI, Response
        app = FastAPI()
        @app.middleware("http")
        async def only_admins(request, call_next):
            if request.url.path.startswith("/admin"):
                return Response(status_code=403)
            return await call_next(request)
        @app.get("/")
        def home(): ...
        """,
        ([], "", []),
    ),
    "a dependency that weighs a token, whatever it answers": (
        """
        from typing import Annotated
        from fastapi import Depends, FastAPI, Header, HTTPException
        async def get_token_header(x_token: Annotated[str, Header()]):
            if x_token != "other":
                raise HTTPException(status_code=400, detail="no")
        app = FastAPI(dependencies=[Depends(get_token_header)])
        @app.get("/")
        def home(): ...
        """,
        (["get_token_header"], "", []),
    ),
    "a dependency that refuses a page or finds nothing weighs no credential": (
        """
        from fastapi import Depends, FastAPI, HTTPException
        def pages(page_token: str = ""):
            if page_token == "x":
                raise HTTPException(status_code=400)
        def thing(key: str):
            if key == "x":
                raise HTTPException(404)
        app = FastAPI(dependencies=[Depends(pages), Depends(thing)])
        @app.get("/")
        def home(): ...
        """,
        ([], "", []),
    ),
    "a dependency that keeps nobody out": (
        """
        from fastapi import Depends, FastAPI
        def get_author_store(): ...
        app = FastAPI()
        @app.get("/")
        def home(store=Depends(get_author_store)): ...
        """,
        ([], "", []),
    ),
}

EXPRESS = {
    "a library's function is called by the library's name too": (
        """
        const passport = require("passport");
        app.get("/", passport.authenticate("jwt", { session: false }), (req, res) => res.end());
        """,
        (["passport.authenticate"], "", []),
    ),
    "a wrapper around the handler": (
        """
        const allow = (role) => (handler) => (req, res) =>
          req.user.role === role ? handler(req, res) : res.sendStatus(403);
        app.get("/", allow("admin")((req, res) => res.end()));
        """,
        (["allow"], "", []),
    ),
    "a limiter of one's own": (
        """
        function calm(req, res, next) { res.status(429).end(); }
        app.get("/", calm, (req, res) => res.end());
        """,
        ([], "limited", []),
    ),
    "a schema": (
        """
        const { z } = require("zod");
        const shape = z.object({});
        const checked = (schema) => (req, res, next) => { schema.parse(req.body); next(); };
        app.get("/", checked(shape), (req, res) => res.end());
        """,
        ([], "", ["checked"]),
    ),
    "what is used later guards nothing before": (
        """
        app.get("/", (req, res) => res.end());
        app.use((req, res) => res.sendStatus(401));
        """,
        ([], "", []),
    ),
    "what is used under another path": (
        """
        app.use("/admin", (req, res) => res.sendStatus(401));
        app.get("/", (req, res) => res.end());
        """,
        ([], "", []),
    ),
}


@pytest.mark.parametrize(("source", "wanted"), PYTHON.values(), ids=PYTHON)
def test_ways_in_python(source: str, wanted: object, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(dedent(source))
    [route] = Workspace(tmp_path).refresh().routes
    assert _checks(route) == wanted


@pytest.mark.parametrize(("source", "wanted"), EXPRESS.values(), ids=EXPRESS)
def test_ways_in_express(source: str, wanted: object, tmp_path: Path) -> None:
    head = 'const express = require("express");\nconst app = express();\n'
    (tmp_path / "app.js").write_text(head + dedent(source))
    [route] = Workspace(tmp_path).refresh().routes
    assert _checks(route) == wanted


def _checks(route: Route) -> tuple[list[str], str, list[str]]:
    return [it.name for it in route.guards], route.rate_limit, route.validators
