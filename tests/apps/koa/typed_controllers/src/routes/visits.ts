import Router, { type RouterContext } from "koa-router";

export function visits(prefix: string): Router {
  const router = new Router({ prefix });
  router.get("/", async (ctx: RouterContext) => {
    ctx.body = { day: ctx.query.day };
  });
  router.delete("/:visitId", async (ctx) => {
    ctx.status = 204;
  });
  return router;
}
