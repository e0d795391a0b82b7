import { Hono } from "hono";

export const app = new Hono();

const open = new Hono();
open.get("/", (c) => c.json([]));

app.route("/open", open);
app.get("/:rental/invoice.pdf", (c) => c.body("pdf"));
