import type { Request, ResponseToolkit } from "@hapi/hapi";

export function onlyStaff(request: Request, h: ResponseToolkit) {
  if (request.headers["x-badge"] !== "staff") return h.response({ error: "staff only" }).code(403).takeover();
  return h.continue;
}
