import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { z } from "zod";

const recipe = z.object({ title: z.string(), minutes: z.number().int() });

export const recipes = new Hono()
  .get("/", (c) => c.json({ page: c.req.query("page"), items: [] }))
  .post(zValidator("json", recipe), async (c) => c.json(c.req.valid("json"), 201))
  .get("/:id{[0-9]+}", (c) => c.json({ id: c.req.param("id") }))
  .put(async (c) => {
    const { title } = await c.req.json();
    return c.json({ title });
  });

recipes.on(["PATCH", "DELETE"], "/:id{[0-9]+}/steps/:step", (c) => c.body(null, 204));
recipes.on("PURGE", ["/cache", "/cache/:key"], (c) => c.text("gone"));
