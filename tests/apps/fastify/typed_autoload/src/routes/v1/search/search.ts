import type { FastifyPluginCallback } from "fastify";

export const autoPrefix = "/find";

const search: FastifyPluginCallback = (fastify, _opts, done) => {
  fastify.get("/", (request, reply) => {
    reply.send({ q: (request.query as { q: string }).q });
  });
  done();
};

export default search;
