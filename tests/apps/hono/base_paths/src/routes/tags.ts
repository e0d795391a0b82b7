import { Hono } from "hono";

export function createTags() {
  const tags = new Hono({ strict: false });
  tags.get("/:tag?", (c) => c.json([]));
  tags.all("/:tag/merge", (c) => c.text("merged"));
  return tags;
}
