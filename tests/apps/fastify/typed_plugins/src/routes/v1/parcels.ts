import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { listQuery, parcelBody } from "../../schemas/parcel.js";

type ById = { Params: { parcelId: string } };

export default async function parcels(fastify: FastifyInstance, _opts: object) {
  fastify.get("/", { schema: { querystring: listQuery } }, listParcels);
  fastify.post<{ Body: { weight: number; to: string } }>(
    "/",
    {
      schema: { body: parcelBody },
      preHandler: [fastify.authenticate],
      config: { rateLimit: { max: 5, timeWindow: "1 minute" } },
    },
    async (request, reply) => reply.code(201).send({ id: "1", ...request.body }),
  );
  fastify.get<ById>("/:parcelId", getParcel);
  fastify.route<ById>({
    method: "DELETE",
    url: "/:parcelId",
    onRequest: fastify.authenticate,
    handler: async (_request, reply) => reply.code(204).send(),
  });
  fastify.get("/:parcelId/events/:eventId(^\\d+$)", async () => ({}));

  fastify.register(async function labels(instance) {
    instance.get("/labels/*", async () => "pdf");
    instance.all("/labels", async () => "any");
  });
}

async function listParcels(request: FastifyRequest) {
  const { page, q } = request.query as { page?: number; q?: string };
  return { page, q, items: [] };
}

async function getParcel(request: FastifyRequest<ById>, reply: FastifyReply) {
  return reply.send({ id: request.params.parcelId });
}
