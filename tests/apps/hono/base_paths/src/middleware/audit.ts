import { createMiddleware } from "hono/factory";

export const audit = createMiddleware(async (c, next) => {
  await next();
  console.log(c.req.method, c.req.path, c.res.status);
});
