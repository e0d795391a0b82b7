import type { RouteOptions } from "fastify";

const handler = async () => ({});

export const routeTable: RouteOptions[] = [
  { method: "GET", url: "/reports", handler },
  { method: "POST", url: "/reports/:reportId/publish", handler },
];
