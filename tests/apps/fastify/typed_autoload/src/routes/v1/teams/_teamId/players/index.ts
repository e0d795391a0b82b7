import type { FastifyInstance } from "fastify";

export default async function (fastify: FastifyInstance): Promise<void> {
  fastify.get("/", async (request) => request.query);
  fastify.patch("/:number", async () => ({}));
}
