import { Hono } from "hono";
import { createFactory } from "hono/factory";

const factory = createFactory();

export const createBike = factory.createHandlers(async (c) => c.json(await c.req.json(), 201));

export const bikes = new Hono();

bikes.get("/", (c) => c.json([]));
bikes.get("/:id", handler).delete(handler);

function handler(c) {
  return c.json({ id: c.req.param("id") });
}
