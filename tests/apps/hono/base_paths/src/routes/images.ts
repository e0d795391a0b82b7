import { Hono } from "hono";

const images = new Hono().basePath("/images");

images.get("/:path{.+}", (c) => c.text(c.req.param("path")));
images.get("/", (c) => c.text("all"));
images.post("/raw/*", (c) => c.text("raw"));

export default images;
