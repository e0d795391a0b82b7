import { fastify } from "fastify";

import { register } from "./register.mjs";
import { crud } from "./crud.mjs";
import * as seats from "./modules/seats.mjs";
import tickets from "./modules/tickets.mjs";
import { versioned } from "./versioned.mjs";

export const app = fastify({ caseSensitive: false });

register(app, [
  { prefix: "/seats", plugin: seats.routes },
  { prefix: "/tickets", plugin: tickets },
]);

app
  .register(crud("venues"), { prefix: "/venues" })
  .register(crud("artists", { readonly: true }), { prefix: "/artists" })
  .get("/about", (request, reply) => reply.send("hi"));

app.register(versioned);

app.after(() => {
  app.get("/late", async () => "late");
});

await app.listen({ port: 3000 });
