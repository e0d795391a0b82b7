import type { FastifyPluginAsync } from "fastify";

const carriers: FastifyPluginAsync = async (fastify) => {
  for (const action of ["enable", "disable"] as const) {
    fastify.post(`/:carrier/${action}`, async () => ({ action }));
  }
  fastify.get("/:carrier?", async () => []);
};

export default carriers;
