// The registry with its web pages and with the routes that are there for development.
const { default: start } = require("verdaccio/build/api/index.js");
const { setup } = require("verdaccio/build/lib/logger");

const log = { type: "stdout", format: "pretty", level: "fatal" };

module.exports = async () => {
  await setup(log);
  return start({
    _debug: true,
    auth: {},
    configPath: `${__dirname}/config.yaml`,
    flags: {},
    log,
    middlewares: {},
    packages: { "**": { access: "$all" } },
    security: {},
    self_path: `${__dirname}/config.yaml`,
    server: {},
    storage: "./storage",
    uplinks: {},
    web: { enable: true },
  });
};
