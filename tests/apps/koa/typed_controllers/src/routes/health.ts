import Router from "koa-router";

export const healthRouter = new Router();

healthRouter.get("/livez", (ctx) => {
  ctx.body = "ok";
});
