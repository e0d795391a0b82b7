"""Routes of Fastify, Koa, Hono and NestJS that need packages which are not installed for tests, or
that no running app would show."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import backend

HONO_DOCS = """
//- package.json
{"dependencies": {"hono": "^4", "@hono/zod-openapi": "^1"}}
//- src/app.ts
import { serveStatic } from "@hono/node-server/serve-static";
import { swaggerUI } from "@hono/swagger-ui";
import { OpenAPIHono, createRoute } from "@hono/zod-openapi";

const app = new OpenAPIHono();
const show = createRoute({ method: "get", path: "/users/{id}", responses: {} });

app.openapi(show, (c) => c.json({}));
app.get("/static/*", serveStatic({ root: "./" }));
app.get("/ui", swaggerUI({ url: "/doc" }));

export default app;
"""

HONO_FACTORY = """
//- package.json
{"dependencies": {"hono": "^4"}}
//- src/create.ts
import { Hono } from "hono";

export function createRouter() {
  return new Hono({ strict: false });
}

export default function createApp() {
  const app = createRouter();
  app.notFound((c) => c.text("no"));
  return app;
}
//- src/index.ts
import createApp from "./create";
import tasks from "./tasks";

const app = createApp();
[tasks].forEach((route) => app.route("/", route));
app.on(["GET"], "/auth/**", (c) => c.text("auth"));

export default app;
//- src/tasks.ts
import { createRouter } from "./create";

export default createRouter().get("/tasks", (c) => c.json([]));
"""

NEST_SETTING = """
//- package.json
{"dependencies": {"@nestjs/core": "^11", "@nestjs/common": "^11"}}
//- src/main.ts
import { ConfigService } from "@nestjs/config";
import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module";

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix(app.get(ConfigService).get("PREFIX", "api"));
  await app.listen(3000);
}
bootstrap();
//- src/app.module.ts
import { Controller, Delete, Get, Module, UseGuards } from "@nestjs/common";
import { AuthGuard } from "@nestjs/passport";
import { ThrottlerGuard, ThrottlerModule, seconds } from "@nestjs/throttler";

class JwtGuard extends AuthGuard("jwt") {}
class ProxyThrottler extends ThrottlerGuard {}

@UseGuards(JwtGuard, ProxyThrottler)
@Controller("carts")
class CartsController {
  @Get(":cartId")
  one() {}
}

@Module({
  imports: [ThrottlerModule.forRoot({ throttlers: [{ ttl: seconds(10), limit: 5 }] })],
  controllers: [CartsController],
})
export class AppModule {}
"""

NEST_LISTS = """
//- package.json
{"dependencies": {"@nestjs/core": "^10", "@nestjs/common": "^10"}}
//- src/main.ts
import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module";

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix("v1", { exclude: ["open/(.*)", "assets/*"] });
  await app.listen(3000);
}
bootstrap();
//- src/app.module.ts
import { Module } from "@nestjs/common";
import { APP_GUARD } from "@nestjs/core";
import * as controllers from "./controllers";
import { RolesGuard } from "./roles.guard";

@Module({})
class StaffModule {
  static register(options) {
    const held = [controllers.StaffController];
    if (options.admin) held.push(controllers.AdminController);
    return { module: StaffModule, controllers: held };
  }
}

@Module({
  imports: [StaffModule.register({ admin: true })],
  controllers: Object.values(controllers),
  providers: [{ provide: APP_GUARD, useFactory: () => new RolesGuard() }],
})
export class AppModule {}
//- src/roles.guard.ts
export class RolesGuard {
  canActivate() {
    return true;
  }
}
//- src/controllers.ts
import { Controller, Get } from "@nestjs/common";

@Controller("open")
export class OpenController {
  @Get("news/:id")
  news() {}
}

@Controller("staff")
export class StaffController {
  @Get()
  list() {}
}

@Controller("admin")
export class AdminController {
  @Get()
  list() {}
}
"""

NEST_LIBRARY = """
//- package.json
{"dependencies": {"@nestjs/common": "^11"}}
//- src/audit.controller.ts
import { Controller, Get } from "@nestjs/common";

@Controller("audit")
export class AuditController {
  @Get()
  list() {}
}
"""

KOA_UNKNOWN_PREFIX = """
//- package.json
{"dependencies": {"koa": "^3", "@koa/router": "^14"}}
//- src/app.js
import Router from "@koa/router";
import Koa from "koa";
import { prefix } from "settings-of-the-company";

const router = new Router({ prefix });
router.get("/users", (ctx) => {});
export const app = new Koa().use(router.routes());
"""

FASTIFY_OPTIONS = """
//- package.json
{"dependencies": {"fastify": "^5", "@fastify/websocket": "^11"}}
//- src/server.ts
import websocket from "@fastify/websocket";
import fastify from "fastify";

export function build() {
  const server = fastify();
  server.register(websocket);
  server.decorate("authenticate", async (request) => request.jwtVerify());
  server.register(async (scope) => {
    const onRequest = [scope.track];
    scope.get("/me", { onRequest, preHandler: [scope.authenticate] }, async () => ({}));
    scope.get("/feed", { websocket: true }, (socket) => socket.close());
  });
  return server;
}
"""

KOA_LIMITS = """
//- package.json
{"dependencies": {"koa": "^3", "koa-router": "^14", "koa-ratelimit": "^5", "koa-jwt": "^4"}}
//- app.js
const Koa = require("koa");
const jwt = require("koa-jwt");
const limit = require("koa-ratelimit");
const router = require("koa-router")();

const app = new Koa();
router.post("/login", limit({ driver: "memory", db: new Map(), duration: 60000, max: 5 }), login);
router.get("/me", jwt({ secret: "s" }), (ctx) => {});
app.use(router.routes(), router.allowedMethods());

async function login(ctx) {}
"""


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        pytest.param(HONO_DOCS, [("GET /users/{id}", True, [], "")], id="pages of docs"),
        pytest.param(
            HONO_FACTORY,
            [("GET /auth/{*}", True, [], ""), ("GET /tasks", True, [], "")],
            id="apps and routers of one factory",
        ),
        pytest.param(
            NEST_SETTING,
            [("GET /api/carts/{cartId}", True, ["JwtGuard"], "5/10 seconds")],
            id="default of a setting, derived guards",
        ),
        pytest.param(
            NEST_LISTS,
            [
                ("GET /open/news/{id}", True, ["RolesGuard"], ""),
                ("GET /v1/staff", True, ["RolesGuard"], ""),
                ("GET /v1/admin", True, ["RolesGuard"], ""),
            ],
            id="lists that are computed, old wildcards",
        ),
        pytest.param(NEST_LIBRARY, [("GET /audit", False, [], "")], id="controller without an app"),
        pytest.param(KOA_UNKNOWN_PREFIX, [("GET /users", False, [], "")], id="unknown prefix"),
        pytest.param(
            FASTIFY_OPTIONS,
            [("GET /me", True, ["authenticate"], ""), ("GET /feed", True, [], "")],
            id="stages of hooks",
        ),
        pytest.param(
            KOA_LIMITS,
            [("GET /me", True, ["koa-jwt"], ""), ("POST /login", True, [], "5/minute")],
            id="limits and tokens of libraries",
        ),
    ],
)
def test_routes(tmp_path: Path, notation: str, expected: list[object]) -> None:
    routes = backend(tmp_path, notation).routes
    assert [
        (it.title, it.resolved, [guard.name for guard in it.guards], it.rate_limit) for it in routes
    ] == expected


def test_a_route_may_speak_another_protocol(tmp_path: Path) -> None:
    routes = backend(tmp_path, FASTIFY_OPTIONS).routes
    assert {it.path: it.protocol for it in routes} == {"/me": "http", "/feed": "websocket"}


EXPRESS_RESPONDER = """
//- package.json
{"dependencies": {"express": "^5"}}
//- respond.js
export const respond = (req, res) => res.json(res.locals.payload);
export const cached = (req, res, next) => next();
//- tidy.js
export default (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);
//- app.js
import express from "express";
import { cached, respond } from "./respond.js";
import tidy from "./tidy.js";

const app = express();
const list = tidy(async function listItems(req, res, next) { next(); });

app.get("/items", list, respond);
app.search("/items", list, cached, respond);
app.post("/items", tidy(async function addItem(req, res, next) {
  if (!req.user) throw new ForbiddenError();
  next();
}), respond);
app.get("/items/:id", tidy(async function showItem(req, res, next) { next(); }), respond);
app.put("/items/:id", tidy(async function putItem(req, res, next) { next(); }), respond);
app.patch("/items/:id", tidy(async function patchItem(req, res, next) { next(); }), respond);
app.delete("/items/:id", tidy(async function dropItem(req, res, next) { next(); }), respond);
"""


def test_what_only_sends_is_no_handler(tmp_path: Path) -> None:
    routes = backend(tmp_path, EXPRESS_RESPONDER).routes
    assert {it.title: (it.handler, [guard.name for guard in it.guards]) for it in routes} == {
        "GET /items": ("listItems", []),
        "SEARCH /items": ("listItems", []),
        "POST /items": ("addItem", []),
        "GET /items/{id}": ("showItem", []),
        "PUT /items/{id}": ("putItem", []),
        "PATCH /items/{id}": ("patchItem", []),
        "DELETE /items/{id}": ("dropItem", []),
    }


EXPRESS_CALLBACKS = """
//- package.json
{"dependencies": {"express": "^5", "mongodb": "^6"}}
//- app.js
const express = require("express");
const { MongoClient } = require("mongodb");
const app = express();

MongoClient.connect("mongodb://localhost", (fault, client) => {
  app.get("/items", (req, res) => res.json(client.db().collection("items").find()));
  require("./users")(app, client);
});
new Promise((resolve) => setTimeout(resolve, 10)).then(() => {
  app.post("/items", (req, res) => res.end());
});
//- users.js
module.exports = function (app, client) {
  app.get("/users", (req, res) => res.end());
};
"""


def test_routes_that_wait_for_something_outside(tmp_path: Path) -> None:
    routes = backend(tmp_path, EXPRESS_CALLBACKS).routes
    assert sorted((it.title, it.resolved) for it in routes) == [
        ("GET /items", True),
        ("GET /users", True),
        ("POST /items", True),
    ]
