import { z } from "zod";

import { createBookSchema } from "~/server/lib/schemas";
import { createTRPCRouter, organiserProcedure, protectedProcedure, publicProcedure } from "~/server/trpc";

const shelf = new Map<number, { title: string }>();

export const booksRouter = createTRPCRouter({
  list: publicProcedure
    .input(z.object({ cursor: z.number().optional(), search: z.string().default("") }).optional())
    .query(({ input }) => [...shelf.values()].filter((it) => it.title.includes(input?.search ?? ""))),

  byId: publicProcedure.input(z.number()).query(({ input }) => shelf.get(input) ?? null),

  create: organiserProcedure.input(createBookSchema).mutation(async ({ input }) => {
    shelf.set(shelf.size, input);
    return input;
  }),

  reviews: {
    add: protectedProcedure
      .input(z.object({ bookId: z.number() }))
      .input(z.object({ stars: z.number().min(1).max(5), text: z.string().optional() }))
      .mutation(({ input, ctx }) => ({ ...input, by: ctx.user.id })),
    remove: protectedProcedure.input(z.object({ reviewId: z.string() })).mutation(removeReview),
  },
});

async function removeReview({ input }: { input: { reviewId: string } }) {
  return { removed: input.reviewId };
}
