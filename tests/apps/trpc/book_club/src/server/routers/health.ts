import { createTRPCRouter, publicProcedure } from "~/server/trpc";

export const healthRouter = createTRPCRouter({
  health: publicProcedure.query(() => "ok"),
});
