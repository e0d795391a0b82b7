"""Ways in which routes come to be: each a few small files, and the routes that they make."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from backwright.index.workspace import Workspace

INTEROP = (
    "function _interop(e) { return e && e.__esModule ? e : { default: e }; }\n"
    "var _express = _interop(require('express'));\n"
)

WAYS: dict[str, tuple[dict[str, str], list[str]]] = {
    "exports that a compiler made getters of": (
        {
            "index.js": """
                Object.defineProperty(exports, "router", {
                  enumerable: true, get: function () { return _routes.router; }
                });
                var _routes = require("./routes");
                """,
            "routes.js": f"""
                {INTEROP}
                const router = exports.router = (0, _express.default.Router)();
                router.get("/x", (req, res) => res.end());
                """,
            "app.js": f"""
                {INTEROP}
                var _index = require("./index");
                const app = (0, _express.default)();
                app.use("/api", _index.router);
                """,
        },
        ["GET /api/x"],
    ),
    "a factory that is awaited through a namespace": (
        {
            "web.js": """
                const express = require("express");
                exports.make = async () => {
                  const router = express.Router();
                  router.get("/page", (req, res) => res.end());
                  return router;
                };
                """,
            "app.js": """
                const express = require("express");
                var _web = require("./web");
                const start = async function () {
                  const app = express();
                  if (process.env.WEB) {
                    const pages = await (0, _web.make)();
                    app.use(pages);
                  }
                  return app;
                };
                module.exports = start;
                """,
        },
        ["GET /page"],
    ),
    "a router of one's own that keeps a table": (
        {
            "router.js": """
                const express = require("express");
                class Router {
                  constructor(routes = []) { this.routes = routes; this.mount(); }
                  mount() {}
                  route(method, path, ...handlers) {
                    this.routes.push({ method, path, handler: handlers[0] });
                  }
                  onto(app) {
                    this.routes.forEach((it) => {
                      const method = it.method.toLowerCase();
                      app[method].call(app, it.path, it.handler);
                    });
                    return app;
                  }
                }
                class Items extends Router {
                  mount() {
                    this.route("GET", "/items", (req, res) => res.end());
                    this.route("DELETE", "/items/:id", (req, res) => res.end());
                  }
                }
                const all = [new Items()].reduce((memo, it) => memo.concat(it.routes), []);
                const app = express();
                app.use("/v1", new Router(all).onto(express.Router()));
                """
        },
        ["GET /v1/items", "DELETE /v1/items/{id}"],
    ),
    "a group that may be left out": (
        {
            "app.js": """
                const app = require("express")();
                app.get("/all(/since)?", (req, res) => res.end());
                app.get("/users/:id?", (req, res) => res.end());
                """
        },
        ["GET /all", "GET /all/since", "GET /users", "GET /users/{id}"],
    ),
    "a condition that binds a router": (
        {
            "app.py": """
                from fastapi import APIRouter, FastAPI
                def extra():
                    router = APIRouter()
                    router.add_api_route("/extra", extra)
                    return router
                app = FastAPI()
                if router := extra():
                    app.include_router(router, prefix="/v1")
                """
        },
        ["GET /v1/extra"],
    ),
    "a decorator of the project that registers": (
        {
            "app.py": """
                from flask import Flask
                app = Flask(__name__)
                def api(path, **options):
                    def register(view):
                        app.add_url_rule("/api" + path, view_func=view, **options)
                        return view
                    return register
                @api("/items", methods=["POST"])
                def add(): ...
                """
        },
        ["POST /api/items"],
    ),
    "an app that is mounted under what is known and what is not": (
        {
            "app.py": """
                import os
                from fastapi import FastAPI
                def make_api():
                    api = FastAPI()
                    @api.get("/items")
                    def items(): ...
                    return api
                def make():
                    app, api = FastAPI(), make_api()
                    if os.environ["PLAIN"]:
                        app.mount("/api", api)
                    else:
                        app.mount(os.environ["BASE"], api)
                    return app
                alone = make_api()
                """
        },
        ["GET /api/items"],
    ),
    "a setting of the app": (
        {
            "app.py": """
                from flask import Blueprint, Flask
                class Config:
                    ROOT = "/root"
                bp = Blueprint("b", __name__)
                @bp.get("/x")
                def x(): ...
                def make():
                    app = Flask(__name__)
                    app.config.from_object("app.Config")
                    app.config["SUB"] = "/sub"
                    app.register_blueprint(bp, url_prefix=app.config["ROOT"] + app.config["SUB"])
                    return app
                """
        },
        ["GET /root/sub/x"],
    ),
    "a helper that is called in a loop": (
        {
            "app.py": """
                from fastapi import FastAPI
                app = FastAPI()
                def add(path):
                    app.add_api_route(path, add)
                for name in ["/a", "/b", "/c", "/d"]:
                    add(name)
                """
        },
        ["GET /a", "GET /b", "GET /c", "GET /d"],
    ),
    "a class that a setting names, the only heir of the declared one": (
        {
            "base.py": """
                class Manager:
                    def make_app(self): return None
                """,
            "simple.py": """
                from fastapi import FastAPI
                from base import Manager
                class Simple(Manager):
                    def make_app(self):
                        app = FastAPI()
                        @app.get("/login")
                        def login(): ...
                        return app
                """,
            "main.py": """
                from importlib import import_module
                from fastapi import FastAPI
                from base import Manager
                def manager_class() -> type[Manager]:
                    module, _, name = CONFIG["manager"].rpartition(".")
                    return getattr(import_module(module), name)
                def manager() -> Manager | None:
                    return manager_class()()
                def create_app():
                    app = FastAPI()
                    if inner := manager().make_app():
                        app.mount("/auth", inner)
                    return app
                """,
        },
        ["GET /auth/login"],
    ),
    "doubled braces of an f-string": (
        {
            "main.py": """
                from fastapi import FastAPI
                app = FastAPI()
                KIND = "items"
                @app.get(f"/{KIND}/{{number}}")
                def item(number: int): ...
                """,
        },
        ["GET /items/{number}"],
    ),
    "a helper that asks what it is called for": (
        {
            "main.py": """
                from fastapi import APIRouter, FastAPI
                class Crud:
                    by_id = True
                    @classmethod
                    def path(cls, base, action):
                        if action == "list":
                            return f"/{base}"
                        base = f"/{base}/{{number}}"
                        if action in ("show", "edit") and cls.by_id:
                            return base if action == "show" else f"{base}/edit"
                        elif not action == "drop":
                            return f"{base}/unknown"
                        return f"{base}/drop"
                    @classmethod
                    def add(cls, router, base, actions=None):
                        for action in actions or ACTIONS.keys():
                            router.add_api_route(cls.path(base, action), answer)
                ACTIONS = {"list": 1, "show": 2, "drop": 3}
                def answer(): ...
                app = FastAPI()
                Crud.add(app, "items")
                Crud.add(app, "users", actions=["list"])
                """,
        },
        [
            "GET /items",
            "GET /items/{number}",
            "GET /items/{number}/drop",
            "GET /users",
        ],
    ),
}


@pytest.mark.parametrize(("files", "wanted"), WAYS.values(), ids=WAYS)
def test_routes(files: dict[str, str], wanted: list[str], tmp_path: Path) -> None:
    for name, source in files.items():
        (tmp_path / name).write_text("\n".join(dedent(source).splitlines()))
    routes = Workspace(tmp_path).refresh().routes
    assert sorted(it.title for it in routes) == sorted(wanted)
    assert all(it.resolved for it in routes)


def test_one_of_several_heirs_is_not_guessed(tmp_path: Path) -> None:
    heir = (
        "from fastapi import FastAPI\nfrom base import Manager\nclass {0}(Manager):\n"
        "    def make_app(self):\n        app = FastAPI()\n        app.get('/{0}')(print)\n"
        "        return app\n"
    )
    for name in ("one", "two"):
        (tmp_path / f"{name}.py").write_text(heir.format(name))
    (tmp_path / "base.py").write_text("class Manager: ...\n")
    (tmp_path / "main.py").write_text(
        "from fastapi import FastAPI\nfrom base import Manager\n"
        "def manager() -> Manager:\n    return load(CONFIG)\n"
        "app = FastAPI()\napp.mount('/auth', manager().make_app())\n"
    )
    titles = sorted(it.title for it in Workspace(tmp_path).refresh().routes)
    assert titles == ["GET /one", "GET /two"]


def test_what_is_not_known_is_kept_and_marked(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(
        "import os\nfrom fastapi import APIRouter, FastAPI\n"
        "router = APIRouter()\n@router.get('/x')\ndef x(): ...\n"
        "app = FastAPI()\napp.include_router(router, prefix=os.environ['BASE'])\n"
    )
    [route] = Workspace(tmp_path).refresh().routes
    assert (route.title, route.resolved) == ("GET /x", False)
