import type { Context, Next } from "koa";

export const requireStaff = (role: string) => async (ctx: Context, next: Next) => {
  if (ctx.state.user?.role !== role) {
    ctx.throw(403, "not allowed");
  }
  await next();
};
