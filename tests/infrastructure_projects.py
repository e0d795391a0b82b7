"""Small projects that recipes for infrastructure are run on, and a helper that runs them there."""

from __future__ import annotations

from pathlib import Path

from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import ModelSettings, Settings
from projects import write

TYPESCRIPT = """
//- package.json
{
  "name": "@acme/shop-api",
  "scripts": {
    "build": "tsc -p .",
    "start": "node dist/index.js",
    "dev": "tsx watch src/index.ts",
    "lint": "eslint .",
    "test": "vitest run"
  },
  "engines": { "node": "^22.1.0" },
  "packageManager": "pnpm@9.12.0",
  "dependencies": { "express": "5.1.0", "pg": "8.13.0", "ioredis": "5.4.0" },
  "devDependencies": { "typescript": "5.7.0", "tsx": "4.19.0", "vitest": "4.0.0" }
}
//- pnpm-lock.yaml
lockfileVersion: '9.0'
//- tsconfig.json
{ "compilerOptions": { "outDir": "dist", "rootDir": "src", "module": "nodenext" } }
//- src/app.ts
import express from "express";

export function buildApp() {
  const app = express();
  app.use(express.json());
  app.get("/orders", (req, res) => { res.json([]); });
  return app;
}
//- src/index.ts
import { buildApp } from "./app.js";

const port = Number(process.env.PORT || 4000);
const db = process.env.DATABASE_URL;
const cache = process.env.REDIS_URL ?? "redis://localhost:6379";
const secret = process.env.JWT_SECRET;
const level = process.env.LOG_LEVEL ?? "info";
buildApp().listen(port);
//- test/app.test.ts
import { buildApp } from "../src/app.js";
"""
FASTAPI = """
#- requirements.txt
fastapi==0.115.0
uvicorn==0.32.0
asyncpg==0.30.0
sqlalchemy==2.0.40
redis==5.0.0
#- requirements-dev.txt
-r requirements.txt
pytest==8.3.0
ruff==0.8.0
#- api/__init__.py
#- api/main.py
import os

from fastapi import FastAPI

from api.routes import router

app = FastAPI(title="Parcels")
app.include_router(router)
DATABASE_URL = os.environ["DATABASE_URL"]
REDIS_URL = os.getenv("REDIS_URL", "redis://localhost")
SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = os.getenv("DEBUG", "0")
#- api/routes.py
from fastapi import APIRouter

router = APIRouter()


@router.get("/parcels")
def parcels():
    return []
#- tests/test_parcels.py
def test_parcels(): pass
"""
FLASK = """
#- pyproject.toml
[project]
name = "blog"
requires-python = ">=3.10,<3.12"
dependencies = ["flask", "psycopg2", "gunicorn"]
[tool.poetry]
[tool.ruff]
#- poetry.lock
# locked
#- src/blog/__init__.py
from flask import Flask

from blog.views import bp


def create_app():
    app = Flask(__name__)
    app.register_blueprint(bp)
    return app
#- src/blog/views.py
from flask import Blueprint

bp = Blueprint("blog", __name__)


@bp.get("/posts")
def posts():
    return []
"""
UV = """
#- pyproject.toml
[project]
name = "meters"
requires-python = ">=3.12"
dependencies = ["fastapi[standard]>=0.115", "pymongo>=4", "psycopg[binary]>=3.2", "sqlmodel"]
[dependency-groups]
dev = ["pytest", "ruff"]
#- uv.lock
version = 1
#- main.py
import os
from fastapi import FastAPI

app = FastAPI()
MONGO_URL = os.environ["MONGO_URL"]
PGHOST = os.environ["DB_HOST"]
PGPASSWORD = os.environ["DB_PASSWORD"]

@app.get("/healthz")
def healthz():
    return "ok"

@app.get("/readyz")
def readyz():
    return "ok"
"""
COMMONJS = """
//- package.json
{
  "name": "tickets",
  "main": "server.js",
  "dependencies": { "express": "^4.19.0", "mysql2": "^3.11.0", "@prisma/client": "6.1.0" },
  "devDependencies": { "prisma": "6.1.0" }
}
//- package-lock.json
{ "name": "tickets", "lockfileVersion": 3, "packages": {} }
//- prisma/schema.prisma
datasource db {
  provider = "mysql"
  url = env("DATABASE_URL")
}
//- server.js
const express = require('express');
const app = express();
app.get('/tickets', (req, res) => res.json([]));
app.listen(5050, () => console.log(process.env.DATABASE_URL));
process.on('SIGTERM', () => process.exit(0));
"""
PROJECTS = {
    "typescript": TYPESCRIPT,
    "fastapi": FASTAPI,
    "flask": FLASK,
    "uv": UV,
    "commonjs": COMMONJS,
}


async def run(folder: Path, request: str, recipe: str = "generate") -> Result:
    """The result of a request in the project at `folder`, without a model."""
    workspace = Workspace(folder)
    workspace.refresh()
    engine = Engine(workspace, Settings(model=ModelSettings()), Offline())
    return await engine.run(Ask(recipe, text=request))


async def files_of(folder: Path, notation: str, request: str, recipe: str) -> dict[str, str]:
    """The files that a recipe gives a small project, by their paths."""
    result = await run(write(folder, notation), request, recipe)
    assert result.report.status == "planned", result.report.summary
    assert [it for it in result.report.checks if it.status == "failed"] == []
    return {path: text.decode() for path, text in result.after.items() if text is not None}
