const { t } = require("./t");

const channels = ["stable", "beta"];

const byChannel = Object.fromEntries(
  channels.map((channel) => [channel, t.procedure.query(() => `${channel}-1`)]),
);

exports.firmwareRouter = t.mergeRouters(
  t.router({ latest: t.router(byChannel) }),
  t.router({ progress: t.procedure.subscription(async function* () {}) }),
);
