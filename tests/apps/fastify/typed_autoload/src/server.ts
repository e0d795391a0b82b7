import path, { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import fastifyAutoload from "@fastify/autoload";
import Fastify from "fastify";

import { routeTable } from "./lib/table.js";

const here = dirname(fileURLToPath(import.meta.url));

export const server = Fastify({ logger: false });

void server.register(fastifyAutoload, {
  dir: join(here, "plugins"),
  forceESM: true,
});
server.register(fastifyAutoload, {
  dir: path.resolve(here, "routes"),
  routeParams: true,
  dirNameRoutePrefix: true,
  options: { prefix: "/league" },
  forceESM: true,
});
server.register(async (scope) => {
  scope.addHook("preHandler", async (request, reply) => {
    if (!request.headers.authorization) return reply.code(401).send();
  });
  routeTable.forEach((route) => scope.route(route));
});
