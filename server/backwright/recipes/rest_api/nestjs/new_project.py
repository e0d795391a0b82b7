"""A whole project in NestJS, for a folder that has none."""

from __future__ import annotations

import json
import re

from backwright.recipes.rest_api.express.new_project import endpoints
from backwright.recipes.rest_api.files import File, Order
from backwright.recipes.rest_api.nestjs.dto import (
    Dto,
    create_dto,
    list_dto,
    nested_name,
    unsent,
)
from backwright.recipes.rest_api.packages import node_ranges
from backwright.recipes.rest_api.render import Render, renderer
from backwright.recipes.rest_api.resources import Api, Resource
from backwright.recipes.rest_api.script import entities, tests
from backwright.recipes.rest_api.script.source import module, quoted
from backwright.recipes.rest_api.spelling import camel

_IGNORED = ("node_modules/", "dist/", ".env", "*.sqlite", "coverage/")
_POSTGRES = "postgresql://postgres:postgres@localhost:5432/app"
_SQLITE = "sqlite:data.sqlite"


def new_project(api: Api, order: Order) -> list[File]:
    """The files of a project that serves the resources."""
    status = 422 if re.search(r"\b422\b", order.request) else 400
    values: dict[str, object] = {
        "api": api,
        "order": order,
        "ts": True,
        "ty": lambda text: text,
        "invalid_status": status,
        "endpoints": endpoints,
        "config": "../config.js",
    }
    base = renderer(__file__)

    def render(template: str, **more: object) -> str:
        return base(template, **values, **more)

    plain = {
        "main": "main.j2",
        "setup": "setup.j2",
        "config": "config.j2",
        "app.module": "app.module.j2",
        "common/page.dto": "page.dto.j2",
        "common/parse-id.pipe": "parse-id.pipe.j2",
        "database/columns": "columns.j2",
        "database/options": "options.j2",
        "database/repository": "repository.j2",
        "errors/error.filter": "error.filter.j2",
        "errors/errors": "errors.j2",
        **({"passwords": "passwords.j2"} if "password" in api.types else {}),
    }
    url = _POSTGRES if order.database == "postgresql" else _SQLITE
    files = [File(f"src/{path}.ts", render(template)) for path, template in plain.items()]
    if any(_has_default(it) for it in api.resources):
        files.append(File("src/common/if-sent.ts", _IF_SENT))
    for it in api.resources:
        files += _of_resource(it, render)
    return [
        File("package.json", _manifest(order)),
        *_configuration(),
        *files,
        File("tests/helpers.ts", _helpers(api, render)),
        *(File(f"tests/{it.files}.test.ts", _tests(it, render)) for it in api.resources),
        File(".env.example", f"PORT=3000\nDATABASE_URL={url}\n"),
        File(".gitignore", "".join(f"{it}\n" for it in _IGNORED)),
        File("README.md", render("README.md.j2")),
    ]


_IF_SENT = """import { ValidateIf } from 'class-validator';

/** Validates only what is sent; null counts as sent. */
export const IfSent = () => ValidateIf((_, value) => value !== undefined);
"""
_VITEST = """import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { env: { DATABASE_URL: 'sqlite::memory:' } },
});
"""


def _manifest(order: Order) -> str:
    env = "--env-file-if-exists=.env"
    content = {
        "name": order.title.lower().replace(" ", "-"),
        "version": "0.1.0",
        "private": True,
        "type": "module",
        "engines": {"node": ">=20.20"},
        "scripts": {
            "build": "nest build",
            "start": "nest start",
            "start:dev": f'nest start --watch --exec "node {env}"',
            "start:prod": f"node {env} dist/main.js",
            "test": "vitest run",
            "typecheck": "tsc --noEmit",
        },
        "dependencies": node_ranges(
            "@nestjs/common",
            "@nestjs/core",
            "@nestjs/mapped-types",
            "@nestjs/platform-express",
            "@nestjs/typeorm",
            "class-transformer",
            "class-validator",
            "libsql",
            "pg",
            "reflect-metadata",
            "rxjs",
            "typeorm",
        ),
        "devDependencies": node_ranges(
            "@nestjs/cli",
            "@nestjs/testing",
            "@types/express",
            "@types/node",
            "@types/supertest",
            "supertest",
            "typescript",
            "vitest",
        ),
    }
    return json.dumps(content, indent=2) + "\n"


def _configuration() -> list[File]:
    options = {
        "target": "es2022",
        "module": "nodenext",
        "types": ["node"],
        "strict": True,
        "experimentalDecorators": True,
        "emitDecoratorMetadata": True,
        "useDefineForClassFields": False,
        "skipLibCheck": True,
        "outDir": "dist",
    }
    whole = {"compilerOptions": options, "include": ["src", "tests", "vitest.config.ts"]}
    build = {
        "extends": "./tsconfig.json",
        "compilerOptions": {"rootDir": "src", "sourceMap": True},
        "include": ["src"],
    }
    nest = {
        "$schema": "https://json.schemastore.org/nest-cli",
        "collection": "@nestjs/schematics",
        "sourceRoot": "src",
        "compilerOptions": {"deleteOutDir": True},
    }
    return [
        File("tsconfig.json", json.dumps(whole, indent=2) + "\n"),
        File("tsconfig.build.json", json.dumps(build, indent=2) + "\n"),
        File("nest-cli.json", json.dumps(nest, indent=2) + "\n"),
        File("vitest.config.ts", _VITEST),
    ]


def _has_default(it: Resource) -> bool:
    return any(field.default is not None for field in it.fields)


def _of_resource(it: Resource, render: Render) -> list[File]:
    folder = f"src/{it.files}"
    return [
        File(f"{folder}/{it.file}.entity.ts", _entity(it)),
        File(f"{folder}/dto/create-{it.file}.dto.ts", _create(it)),
        File(f"{folder}/dto/update-{it.file}.dto.ts", _update(it)),
        *([File(f"{folder}/dto/list-{it.files}.dto.ts", _list(it))] if it.links else []),
        File(f"{folder}/{it.files}.service.ts", _service(it, render)),
        File(f"{folder}/{it.files}.controller.ts", _controller(it, render)),
        File(f"{folder}/{it.files}.module.ts", _module(it, render)),
    ]


def _entity_import(it: Resource, own: Resource) -> str:
    folder = "." if it.name == own.name else f"../{it.files}"
    return f"import {{ {it.kind} }} from '{folder}/{it.file}.entity.js';"


def _entity(it: Resource) -> str:
    found = entities.decorated(it)
    text = found.text
    lines = [f"import {{ {name} }} from 'typeorm';" for name in found.orm]
    for field in it.fields:
        if field.type == "password":  # never sent back
            name = camel(field.name)
            text = text.replace(f"  {name}Hash!:", f"  @Exclude()\n  {name}Hash!:")
            lines.append("import { Exclude } from 'class-transformer';")
    lines += [f"import {{ {name} }} from '../database/columns.js';" for name in found.columns]
    lines += [_entity_import(other, it) for other in found.others]
    return module(text, lines)


def _dto_imports(*dtos: Dto) -> list[str]:
    lines = []
    for dto in dtos:
        for name in dto.validators:
            home = "../../common/if-sent.js" if name == "IfSent" else "class-validator"
            lines.append(f"import {{ {name} }} from '{home}';")
        lines += [f"import {{ {name} }} from 'class-transformer';" for name in dto.transformers]
    return lines


def _create(it: Resource) -> str:
    dto = create_dto(it)
    lines = _dto_imports(dto)
    text = dto.text
    if it.owner is not None:
        lines.append("import { OmitType } from '@nestjs/mapped-types';")
        key = quoted(camel(it.owner.key))
        base = f"OmitType(Create{it.kind}Dto, [{key}] as const)"
        text += f"\n\nexport class {nested_name(it)} extends {base} {{}}"
    return module(text, lines)


def _update(it: Resource) -> str:
    create = f"Create{it.kind}Dto"
    text = (
        f"// A field may be left out, but null only be sent where it may be null.\n"
        f"export class Update{it.kind}Dto extends PartialType({create}, {{\n"
        "  skipNullProperties: false,\n}) {}"
    )
    lines = [
        "import { PartialType } from '@nestjs/mapped-types';",
        f"import {{ {create} }} from './create-{it.file}.dto.js';",
    ]
    return module(text, lines)


def _list(it: Resource) -> str:
    dto = list_dto(it)
    return module(
        dto.text, [*_dto_imports(dto), "import { PageDto } from '../../common/page.dto.js';"]
    )


def _stores(it: Resource) -> list[Resource]:
    """The resources whose repositories its service needs, its own first."""
    found = {it.name: it} | {link.target.name: link.target for link in it.links}
    found |= {peers.target.name: peers.target for peers in it.peers}
    found |= {peers.source.name: peers.source for peers in it.peered}
    return list(found.values())


def _service(it: Resource, render: Render) -> str:
    secrets = [field for field in it.fields if field.type == "password"]
    text = render(
        "service.j2",
        it=it,
        stores=_stores(it),
        secrets=secrets,
        nested_dto=nested_name(it),
        unsent=unsent(it),
        typed_secrets="; ".join(
            f"{camel(field.name)}?: string{'' if field.required else ' | null'}"
            for field in secrets
        ),
    )
    helpers = ["paginate", "findOr404", *(["checkReference"] if it.links else [])]
    names = [f"Create{it.kind}Dto", *([nested_name(it)] if it.owner is not None else [])]
    lines = [
        "import { Injectable } from '@nestjs/common';",
        "import { InjectRepository } from '@nestjs/typeorm';",
        "import { type FindOptionsWhere, Repository } from 'typeorm';",
        "import { type PageDto } from '../common/page.dto.js';",
        f"import {{ {', '.join(helpers)} }} from '../database/repository.js';",
        *(f"import {{ type {name} }} from './dto/create-{it.file}.dto.js';" for name in names),
        f"import {{ type Update{it.kind}Dto }} from './dto/update-{it.file}.dto.js';",
        *(_entity_import(other, it) for other in _stores(it)),
        *(["import { hashPassword } from '../passwords.js';"] if secrets else []),
    ]
    return module(text, lines)


def _controller(it: Resource, render: Render) -> str:
    text = render("controller.j2", it=it, nested_dto=nested_name(it))
    if any(field.type == "password" for field in it.fields):
        text = f"@UseInterceptors(ClassSerializerInterceptor)\n{text}"
    common = [
        name
        for name in (
            "Body", "ClassSerializerInterceptor", "Controller", "Delete", "Get", "HttpCode",
            "Param", "Patch", "Post", "Put", "Query", "UseInterceptors",
        )
        if f"@{name}(" in text or f"({name})" in text
    ]  # fmt: skip
    names = [f"Create{it.kind}Dto", *([nested_name(it)] if it.owner is not None else [])]
    lines = [
        f"import {{ {', '.join(common)} }} from '@nestjs/common';",
        "import { PageDto } from '../common/page.dto.js';" if ": PageDto" in text else "",
        "import { ParseIdPipe } from '../common/parse-id.pipe.js';",
        *(f"import {{ {name} }} from './dto/create-{it.file}.dto.js';" for name in names),
        f"import {{ Update{it.kind}Dto }} from './dto/update-{it.file}.dto.js';",
        f"import {{ List{it.kinds}Dto }} from './dto/list-{it.files}.dto.js';" if it.links else "",
        f"import {{ {it.kinds}Service }} from './{it.files}.service.js';",
    ]
    return module(text, lines)


def _module(it: Resource, render: Render) -> str:
    text = render("module.j2", it=it, kinds=[other.kind for other in _stores(it)])
    lines = [
        "import { Module } from '@nestjs/common';",
        "import { TypeOrmModule } from '@nestjs/typeorm';",
        *(_entity_import(other, it) for other in _stores(it)),
        f"import {{ {it.kinds}Controller }} from './{it.files}.controller.js';",
        f"import {{ {it.kinds}Service }} from './{it.files}.service.js';",
    ]
    return module(text, lines)


def _helpers(api: Api, render: Render) -> str:
    bodies = tests.bodies(api)
    values = [value for rows in bodies.values() for _, value in rows]
    text = render("helpers.j2", bodies=bodies, numbered=any("next()" in it for it in values))
    if any("randomUUID" in it for it in values):
        text = f"import {{ randomUUID }} from 'node:crypto';\n{text}"
    return text


def _tests(it: Resource, render: Render) -> str:
    text = render("test.j2", it=it, **tests.of_resource(it))
    used = ["api", "useDatabase", f"{it.one}Body", f"new{it.kind}"]
    used += [f"new{link.target.kind}" for link in it.nested]
    used += [f"new{peers.target.kind}" for peers in it.peers]
    lines = [
        "import { describe, expect, it } from 'vitest';",
        *(f"import {{ {name} }} from './helpers.js';" for name in used),
    ]
    return module(text, lines)
