import { z } from "zod";

import { createTRPCRouter, organiserProcedure, publicProcedure } from "~/server/trpc";

export function crud(rows: Map<string, object>) {
  return {
    all: publicProcedure.query(() => [...rows.values()]),
    remove: organiserProcedure
      .input(z.object({ id: z.string() }))
      .mutation(({ input }) => rows.delete(input.id)),
  };
}

export const crudRouter = (rows: Map<string, object>) => createTRPCRouter(crud(rows));
