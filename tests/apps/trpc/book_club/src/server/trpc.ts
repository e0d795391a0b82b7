import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError } from "zod";

export type Context = { user?: { id: string; organiser: boolean } };

const t = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    zod: error.cause instanceof ZodError ? error.cause.issues : null,
  }),
});

const timing = t.middleware(async ({ next, path }) => {
  const started = Date.now();
  const result = await next();
  console.log(path, Date.now() - started);
  return result;
});

const isOrganiser = t.middleware(({ ctx, next }) => {
  if (!ctx.user?.organiser) throw new TRPCError({ code: "FORBIDDEN" });
  return next();
});

export const createTRPCRouter = t.router;
export const mergeRouters = t.mergeRouters;
export const createCallerFactory = t.createCallerFactory;

export const publicProcedure = t.procedure.use(timing);
export const protectedProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED" });
  return next({ ctx: { user: ctx.user } });
});
export const organiserProcedure = protectedProcedure.use(isOrganiser);
