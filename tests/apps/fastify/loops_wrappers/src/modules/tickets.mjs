import fp from "fastify-plugin";

async function tickets(instance, options) {
  instance.get("/", { handler: list });
  instance.post("/", { schema: { body: { type: "object" } } }, create);
  instance.register(transfers, { prefix: "/:ticketId/transfers" });
}

async function list(request) {
  return { sort: request.query.sort };
}

function create(request, reply) {
  reply.code(201).send(request.body);
}

const transfers = fp(
  async (instance) => {
    instance.get("/", async () => []);
    instance.head("-latest", async () => null);
  },
  { encapsulate: true },
);

export default tickets;
