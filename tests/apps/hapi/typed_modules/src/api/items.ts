import type { Lifecycle, Request, ResponseToolkit, Server, ServerRoute } from "@hapi/hapi";
import Joi from "joi";

import { onlyStaff } from "../plugins/only-staff.js";

const found = new Map<string, { what: string }>();

class ItemController {
  list: Lifecycle.Method = () => [...found.values()];

  async show(request: Request, h: ResponseToolkit) {
    return found.get(request.params.itemId) ?? h.response().code(404);
  }

  async hand(request: Request, h: ResponseToolkit) {
    const payload = request.payload as { what: string };
    found.set(String(found.size), payload);
    return h.response(payload).code(201);
  }
}

export function registerItems(server: Server, base: string): void {
  const controller = new ItemController();
  const routes: ServerRoute[] = [
    { method: "GET", path: base, handler: controller.list },
    { method: "GET", path: `${base}/{itemId}`, handler: controller.show.bind(controller) },
    {
      method: "POST",
      path: base,
      options: {
        pre: [{ method: onlyStaff }],
        validate: { payload: Joi.object({ what: Joi.string().required() }) },
        handler: controller.hand.bind(controller),
      },
    },
  ];
  server.route(routes);
  for (const method of ["PUT", "DELETE"] as const) {
    server.route({ method, path: `${base}/{itemId}/tag`, handler: () => null });
  }
}
