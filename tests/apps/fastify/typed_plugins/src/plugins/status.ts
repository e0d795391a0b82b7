import type { FastifyPluginCallback } from "fastify";
import fp from "fastify-plugin";

const status: FastifyPluginCallback<{ prefix?: string }> = (fastify, _options, done) => {
  fastify.get("/healthz", (_request, reply) => {
    reply.send({ ok: true });
  });
  fastify.route({
    method: ["GET", "POST"],
    url: "/readyz",
    handler: async () => ({ ready: true }),
  });
  done();
};

export default fp(status);
