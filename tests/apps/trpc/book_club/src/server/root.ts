import { lazy } from "@trpc/server";

import { booksRouter } from "~/server/routers/books";
import { members } from "~/server/routers/members";
import meetings from "~/server/routers/meetings";
import { healthRouter } from "~/server/routers/health";
import { createCallerFactory, createTRPCRouter, mergeRouters } from "~/server/trpc";

const clubRouter = createTRPCRouter({
  books: booksRouter,
  club: createTRPCRouter({ members, meetings }),
  archive: lazy(() => import("./routers/archive")),
});

export const appRouter = mergeRouters(healthRouter, clubRouter);

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
