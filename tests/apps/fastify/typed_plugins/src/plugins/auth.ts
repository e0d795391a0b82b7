import type { FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";

import { env } from "../config/env.js";

declare module "fastify" {
  interface FastifyInstance {
    authenticate(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  }
}

export default fp(
  async (fastify) => {
    fastify.decorate("authenticate", async (request: FastifyRequest, reply: FastifyReply) => {
      if (request.headers["x-api-key"] !== env.adminKey) {
        await reply.code(401).send({ message: "no key" });
      }
    });
  },
  { name: "auth" },
);
