"use strict";

const scheme = () => ({
  authenticate(request, h) {
    const key = request.headers["x-key"];
    if (!key) return h.unauthenticated(new Error("no key"));
    return h.authenticated({ credentials: { key } });
  },
});

exports.plugin = {
  name: "keys",
  version: "1.0.0",
  register: async (server) => {
    server.auth.scheme("key", scheme);
    server.auth.strategy("gardener", "key");
    server.auth.strategy("inspector", "key");
    server.auth.default("gardener");
  },
};
