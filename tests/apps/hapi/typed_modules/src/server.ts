import Hapi, { type Server } from "@hapi/hapi";

import { registerItems } from "./api/items.js";
import claims from "./api/claims.js";
import { sessions } from "./plugins/sessions.js";
import { API } from "./config.js";

const modules = [claims, sessions];

async function plug(server: Server): Promise<void> {
  for (const plugin of modules) {
    await server.register(plugin, { routes: { prefix: API.prefix } });
  }
}

export async function createServer(): Promise<Server> {
  const server = new Hapi.Server({ port: API.port, routes: { cors: true } });
  await plug(server);
  registerItems(server, `${API.prefix}/items`);
  server.ext("onPreHandler", (request, h) => {
    if (request.headers["x-closed"]) return h.response("closed").code(503).takeover();
    return h.continue;
  });
  return server;
}
