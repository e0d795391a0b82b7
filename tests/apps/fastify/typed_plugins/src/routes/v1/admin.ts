import type { FastifyInstance } from "fastify";

export async function adminRoutes(fastify: FastifyInstance) {
  fastify.addHook("onRequest", fastify.authenticate);

  fastify.get("/stats", async () => ({ parcels: 0 }));
  fastify.put("/limits/:name", async () => ({}));
}
