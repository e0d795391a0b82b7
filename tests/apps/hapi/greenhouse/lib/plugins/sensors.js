"use strict";

const readings = {};

async function register(server, { kinds = [] }) {
  for (const kind of kinds) {
    server.route({
      method: "POST",
      path: `/${kind}`,
      config: {
        tags: ["api"],
        handler(request, h) {
          readings[kind] = request.payload.value;
          return h.response({ kind }).code(201);
        },
      },
    });
  }
  server.route([
    { method: "get", path: "/latest/{kind?}", handler: latest, options: { auth: false } },
    { method: "GET", path: "/plot/{range*2}", handler: (request) => request.query.unit },
  ]);
}

function latest(request) {
  return request.params.kind ? readings[request.params.kind] : readings;
}

module.exports = { register, name: "sensors", version: "0.3.0" };
