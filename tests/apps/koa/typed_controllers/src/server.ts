import Koa from "koa";

import { apiRouter } from "./routes/index.js";
import { healthRouter } from "./routes/health.js";

export function createServer(): Koa {
  const app = new Koa();
  app.use(healthRouter.routes());
  app.use(apiRouter.routes());
  app.use(apiRouter.allowedMethods());
  return app;
}
