import { crud } from "~/server/lib/crud";
import { createTRPCRouter, protectedProcedure } from "~/server/trpc";

export const members = createTRPCRouter({
  ...crud(new Map()),
  me: protectedProcedure.query(({ ctx }) => ctx.user),
});
