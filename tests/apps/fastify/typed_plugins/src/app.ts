import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import rateLimit from "@fastify/rate-limit";

import { env } from "./config/env.js";
import authPlugin from "./plugins/auth.js";
import statusPlugin from "./plugins/status.js";
import v1 from "./routes/v1/index.js";
import { webhookRoutes } from "./routes/webhooks.js";

export async function buildApp(options: FastifyServerOptions = {}): Promise<FastifyInstance> {
  const app = Fastify(options).withTypeProvider();

  await app.register(rateLimit, { max: 100, timeWindow: "1 minute" });
  await app.register(authPlugin);
  // A plugin that breaks the encapsulation has no prefix, whatever it is given.
  await app.register(statusPlugin, { prefix: "/internal" });

  app.get("/", { config: { rateLimit: false } }, async () => ({ name: "parcel-desk" }));

  await app.register(
    async (api) => {
      await api.register(v1, { prefix: "/v1" });
      api.register(webhookRoutes, { prefix: "hooks", secret: "s3cret" });
    },
    { prefix: env.apiPrefix },
  );

  return app;
}
