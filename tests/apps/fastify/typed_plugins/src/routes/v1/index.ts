import type { FastifyPluginAsync } from "fastify";

import { adminRoutes } from "./admin.js";
import parcels from "./parcels.js";

const v1: FastifyPluginAsync = async (fastify) => {
  fastify.register(parcels, { prefix: "/parcels" });
  fastify.register(adminRoutes, { prefix: "/admin/" });
  fastify.register(import("./carriers.js"), { prefix: "/carriers" });
};

export default v1;
