"""A whole project in Express, for a folder that has none."""

from __future__ import annotations

import json
import re

from backwright.recipes.brief.brief import Field
from backwright.recipes.rest_api.files import File, Order
from backwright.recipes.rest_api.packages import node_ranges
from backwright.recipes.rest_api.render import Render, renderer
from backwright.recipes.rest_api.resources import Api, Resource
from backwright.recipes.rest_api.script import entities, tests
from backwright.recipes.rest_api.script.source import module
from backwright.recipes.rest_api.script.zod import nested_schema, schemas
from backwright.recipes.rest_api.spelling import camel

_IGNORED = ("node_modules/", "dist/", ".env", "*.sqlite", "coverage/")
_POSTGRES = "postgresql://postgres:postgres@localhost:5432/app"
_SQLITE = "sqlite:data.sqlite"


def new_project(api: Api, order: Order) -> list[File]:
    """The files of a project that serves the resources."""
    ts = order.language == "typescript"
    suffix = ".ts" if ts else ".js"
    status = 422 if re.search(r"\b422\b", order.request) else 400
    values: dict[str, object] = {
        "api": api,
        "order": order,
        "ts": ts,
        "ty": lambda text: text if ts else "",
        "invalid_status": status,
        "endpoints": endpoints,
        "config": "../config.js",
    }
    base = renderer(__file__)

    def render(template: str, **more: object) -> str:
        return base(template, **values, **more)

    plain = {
        "app": "app.j2",
        "server": "server.j2",
        "config": "config.j2",
        "database": "database.j2",
        "errors": "errors.j2",
        "middleware/errorHandler": "errorHandler.j2",
        "schemas/common": "common.j2",
        "entities/columns": "columns.j2",
        **({"passwords": "passwords.j2"} if "password" in api.types else {}),
    }
    files = [
        *(File(f"src/{path}{suffix}", render(template)) for path, template in plain.items()),
        *(File(f"src/entities/{it.file}{suffix}", entity(it, ts=ts)) for it in api.resources),
        *(File(f"src/schemas/{it.file}{suffix}", schemas_of(it)) for it in api.resources),
        *(
            File(f"src/services/{it.files}{suffix}", service(it, render, ts=ts))
            for it in api.resources
        ),
        *(File(f"src/routes/{it.files}{suffix}", routes(it, render)) for it in api.resources),
    ]
    return [
        File("package.json", _manifest(order, ts)),
        *(_typescript() if ts else ()),
        File(f"vitest.config{suffix}", _VITEST),
        *files,
        File(f"tests/helpers{suffix}", _helpers(api, render)),
        *(File(f"tests/{it.files}.test{suffix}", tests_of(it, render)) for it in api.resources),
        File(".env.example", f"PORT=3000\nDATABASE_URL={_url(order)}\n"),
        File(".gitignore", "".join(f"{it}\n" for it in _IGNORED)),
        File("README.md", render("README.md.j2")),
    ]


def endpoints(it: Resource) -> str:
    """The addresses of a resource, for its row in the README."""
    paths = [f"/{it.path}", f"/{it.path}/:id"]
    paths += [f"/{link.target.path}/:{camel(link.key)}/{it.path}" for link in it.nested]
    paths += [f"/{it.path}/:id/{peers.target.path}" for peers in it.peers]
    return ", ".join(f"`{path}`" for path in paths)


def _url(order: Order) -> str:
    return _POSTGRES if order.database == "postgresql" else _SQLITE


def _manifest(order: Order, ts: bool) -> str:
    env = "--env-file-if-exists=.env"
    scripts = {
        "dev": f"tsx watch {env} src/server.ts" if ts else f"node --watch {env} src/server.js",
        **({"build": "tsc -p tsconfig.build.json"} if ts else {}),
        "start": f"node {env} {'dist' if ts else 'src'}/server.js",
        "test": "vitest run",
        **({"typecheck": "tsc --noEmit"} if ts else {}),
    }
    development = ["supertest", "vitest"]
    if ts:
        development += [
            "typescript", "tsx", "@types/express", "@types/node", "@types/supertest",
        ]  # fmt: skip
    content = {
        "name": order.title.lower().replace(" ", "-"),
        "version": "0.1.0",
        "private": True,
        "type": "module",
        "engines": {"node": ">=20.20"},
        "scripts": scripts,
        "dependencies": node_ranges(
            "express", "libsql", "pg", "typeorm", "zod", *(["reflect-metadata"] if ts else [])
        ),
        "devDependencies": node_ranges(*development),
    }
    return json.dumps(content, indent=2) + "\n"


def _typescript() -> list[File]:
    options = {
        "target": "es2022",
        "module": "nodenext",
        "types": ["node"],
        "strict": True,
        "experimentalDecorators": True,
        "skipLibCheck": True,
        "noEmit": True,
    }
    build = {
        "extends": "./tsconfig.json",
        "compilerOptions": {"noEmit": False, "rootDir": "src", "outDir": "dist", "sourceMap": True},
        "include": ["src"],
    }
    whole = {"compilerOptions": options, "include": ["src", "tests", "vitest.config.ts"]}
    return [
        File("tsconfig.json", json.dumps(whole, indent=2) + "\n"),
        File("tsconfig.build.json", json.dumps(build, indent=2) + "\n"),
    ]


_VITEST = """import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { env: { DATABASE_URL: 'sqlite::memory:' } },
});
"""


def entity(it: Resource, *, ts: bool) -> str:
    """The module of an entity."""
    found = entities.decorated(it) if ts else entities.schema(it)
    lines = [f"import {{ {name} }} from 'typeorm';" for name in found.orm]
    lines += [f"import {{ {name} }} from './columns.js';" for name in found.columns]
    lines += [f"import {{ {other.kind} }} from './{other.file}.js';" for other in found.others]
    return module(found.text, lines)


def schemas_of(it: Resource) -> str:
    """The module of what may be sent."""
    lines = ["import { z } from 'zod';"]
    if it.links:
        lines.append("import { id } from './common.js';")
    return module(schemas(it), lines)


def service(it: Resource, render: Render, *, ts: bool) -> str:
    """The module that keeps and finds a resource."""
    secrets = [field for field in it.fields if field.type == "password"]
    names = [f"{camel(field.name)}Hash" for field in secrets]
    text = render(
        "service.j2",
        it=it,
        secrets=secrets,
        nested_schema=nested_schema(it),
        hashes=" | ".join(f"'{name}'" for name in names),
        omitted=", ".join(f"{name}: _{name}" for name in names),
        typed_secrets="; ".join(map(_typed, secrets)),
    )
    lines = [
        "import { dataSource } from '../database.js';",
        f"import {{ {it.kind} }} from '../entities/{it.file}.js';",
        "import { NotFoundError } from '../errors.js';",
    ]
    lines += [
        f"import {{ {link.target.kind} }} from '../entities/{link.target.file}.js';"
        for link in it.links
    ]
    if it.links:
        lines.append("import { InvalidInputError } from '../errors.js';")
    if secrets:
        lines.append("import { hashPassword } from '../passwords.js';")
    got = {link.target.name: link.target for link in it.nested}
    got |= {peers.target.name: peers.target for peers in it.peers}
    lines += [
        f"import {{ get{other.kind} }} from './{other.files}.js';"
        for other in got.values()
        if other.name != it.name
    ]
    for peers in it.peers:
        if peers.target.name != it.name:
            name = f"list{peers.target.kinds}"
            lines.append(f"import {{ {name} }} from './{peers.target.files}.js';")
    if ts:
        lines += [
            "import type { z } from 'zod';",
            "import { type FindOptionsWhere } from 'typeorm';",
            "import { type Page } from '../schemas/common.js';",
        ]
        lines += ["import { type EntityTarget } from 'typeorm';"] if it.links else []
        used = [f"{it.one}Create", f"{it.one}Update"]
        used += [nested_schema(it)] if it.owner is not None else []
        lines += [f"import {{ type {name} }} from '../schemas/{it.file}.js';" for name in used]
    return module(text, lines)


def _typed(field: Field) -> str:
    return f"{camel(field.name)}?: string{'' if field.required else ' | null'}"


def routes(it: Resource, render: Render) -> str:
    """The module that answers requests for a resource."""
    text = render("routes.j2", it=it, nested_schema=nested_schema(it))
    if it.links:
        keys = ", ".join(f"{camel(link.key)}: id.optional()" for link in it.links)
        text = f"const listQuery = pageQuery.extend({{ {keys} }});\n\n{text}"
    schemas_used = [f"{it.one}Create", f"{it.one}Update"]
    schemas_used += [nested_schema(it)] if it.owner is not None else []
    lines = [
        "import { Router } from 'express';",
        "import { id, pageQuery } from '../schemas/common.js';",
        f"import {{ {', '.join(schemas_used)} }} from '../schemas/{it.file}.js';",
        f"import * as service from '../services/{it.files}.js';",
    ]
    for peers in it.peered:
        if peers.source.name != it.name:
            name = f"list{peers.source.kinds}"
            lines.append(f"import {{ {name} }} from '../services/{peers.source.files}.js';")
    return module(text, lines)


def _helpers(api: Api, render: Render) -> str:
    bodies = tests.bodies(api)
    values = [value for rows in bodies.values() for _, value in rows]
    text = render("helpers.j2", bodies=bodies, numbered=any("next()" in it for it in values))
    if any("randomUUID" in it for it in values):
        text = f"import {{ randomUUID }} from 'node:crypto';\n{text}"
    return text


def tests_of(it: Resource, render: Render) -> str:
    """The tests of a resource."""
    text = render("test.j2", it=it, **tests.of_resource(it))
    used = ["api", "useDatabase", f"{it.one}Body", f"new{it.kind}"]
    used += [f"new{link.target.kind}" for link in it.nested]
    used += [f"new{peers.target.kind}" for peers in it.peers]
    lines = [
        "import { describe, expect, it } from 'vitest';",
        *(f"import {{ {name} }} from './helpers.js';" for name in used),
    ]
    return module(text, lines)
