import type { Plugin } from "@hapi/hapi";

const claims: Plugin<undefined> = {
  name: "claims",
  async register(server) {
    await server.register({
      plugin: {
        name: "letters",
        register: (inner) => inner.route({ method: "GET", path: "/letters/{letter}", handler: () => "" }),
      },
      routes: { prefix: "/claims" },
    });
    server.route({
      path: "/claims",
      method: "POST",
      handler: (request) => ({ claimed: (request.payload as { itemId: string }).itemId }),
    });
  },
};

export default claims;
