import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { logger } from "hono/logger";

import { audit } from "./middleware/audit";
import images from "./routes/images";
import { recipes } from "./routes/recipes";
import { createTags } from "./routes/tags";

type Bindings = { TOKEN: string };

const app = new Hono<{ Bindings: Bindings }>();

app.use("*", logger());
app.use(audit);
app.get("/", (c) => c.text("recipes"));

const api = app.basePath("/api");
const v2 = api.basePath("/v2");

api.use("/admin/*", bearerAuth({ token: "secret" }));
api.get("/admin/stats", (c) => c.json({ recipes: 0 }));
api.route("/recipes", recipes);
v2.route("/tags", createTags());
v2.get("/ping", (c) => c.text("pong"));

app.route("/", images);
app.notFound((c) => c.json({ message: "not found" }, 404));

export default app;
