import { createTRPCRouter, publicProcedure } from "../trpc";

export const archiveRouter = createTRPCRouter({
  years: publicProcedure.query(() => [2023, 2024]),
});
