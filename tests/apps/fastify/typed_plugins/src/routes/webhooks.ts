import type { FastifyPluginAsync } from "fastify";

interface Options {
  secret: string;
}

export const webhookRoutes: FastifyPluginAsync<Options> = async (fastify, { secret }) => {
  fastify.post("/stripe", { preHandler: verifySignature(secret) }, async () => ({ received: true }));
  fastify.post("/shippo", async () => ({ received: true }));
};

function verifySignature(secret: string) {
  return async (request: { headers: Record<string, unknown> }, reply: any) => {
    if (request.headers["x-signature"] !== secret) return reply.code(403).send();
  };
}
