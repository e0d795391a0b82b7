import type { FastifyPluginAsync } from "fastify";

const teams: FastifyPluginAsync = async (fastify): Promise<void> => {
  fastify.get("/", async () => []);
  fastify.post("/", { schema: { body: { type: "object" } } }, async (request) => request.body);
};

export default teams;
