import { tracked } from "@trpc/server";

import { crudRouter } from "~/server/lib/crud";
import { createTRPCRouter, mergeRouters, publicProcedure } from "~/server/trpc";

const live = createTRPCRouter({
  onScheduled: publicProcedure.subscription(async function* () {
    yield tracked("1", { at: new Date() });
  }),
});

export default mergeRouters(crudRouter(new Map()), live);
