"use strict";

const Hapi = require("@hapi/hapi");

const keys = require("./plugins/keys");
const beds = require("./plugins/beds");
const Sensors = require("./plugins/sensors");
const routes = require("./routes");

exports.init = async () => {
  const server = Hapi.server({ port: process.env.PORT || 3000, host: "localhost" });

  await server.register(keys);
  await server.register([
    { plugin: beds, routes: { prefix: "/beds" } },
    { plugin: Sensors, options: { kinds: ["soil", "air"] }, routes: { prefix: "/sensors" } },
  ]);
  await server.register(require("./plugins/archive"), { routes: { prefix: "/archive" } });

  server.route(routes);
  server.route({
    method: "*",
    path: "/{any*}",
    options: { auth: false },
    handler: (request, h) => h.response({ missing: request.path }).code(404),
  });
  return server;
};

if (require.main === module) exports.init().then((server) => server.start());
