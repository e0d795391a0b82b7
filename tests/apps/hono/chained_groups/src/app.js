import { Hono } from "hono";
import { createFactory } from "hono/factory";
import { jwt } from "hono/jwt";

import { bikes, createBike } from "./routes/bikes.js";
import * as rentals from "./routes/rentals.js";

const factory = createFactory();
const groups = { "/rentals": rentals.app, "/stations": resource("station") };

export function createApp() {
  const app = factory.createApp().basePath("/v1");
  app.route("/bikes", bikes).route("/more", new Hono().get("/", (c) => c.text("more")));
  app.post("/bikes", ...createBike);
  for (const [path, group] of Object.entries(groups)) {
    app.route(path, group);
  }
  app.use("/account/*", jwt({ secret: "s", alg: "HS256" }));
  app.get("/account/me", (c) => c.json({}));
  return app;
}

function resource(name) {
  const app = new Hono();
  app.get("/", (c) => c.json([]));
  app.get(`/:${name}Id`, (c) => c.json({}));
  return app;
}
