const { createHTTPServer } = require("@trpc/server/adapters/standalone");

const { t } = require("./t");
const devices = require("./devices");
const { firmwareRouter } = require("./firmware");

function createApi() {
  return t.router({
    devices: devices(new Map()),
    firmware: firmwareRouter,
    ping: t.procedure.query(() => "pong"),
  });
}

module.exports = { createApi };

if (require.main === module) createHTTPServer({ router: createApi() }).listen(2022);
