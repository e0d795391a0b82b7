import type { Server } from "@hapi/hapi";

export const sessions = {
  name: "sessions",
  register(server: Server) {
    server.route({ method: "POST", path: "/session", handler: open });
    server.route({ method: "DELETE", path: "/session", handler: () => null });
  },
};

const open = () => ({ token: "t" });
