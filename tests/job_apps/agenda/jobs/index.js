const { backoffStrategies } = require("agenda");
const agenda = require("../agenda");

agenda.define(
  "send reminder",
  async (job) => {
    console.log(job.attrs.data);
  },
  { backoff: backoffStrategies.exponential({ delay: 2000, maxRetries: 5 }) },
);

agenda.define("clean", { priority: "low" }, async () => {});

async function start() {
  await agenda.start();
  await agenda.every("0 3 * * *", "clean"); // -> clean
  await agenda.every("5 minutes", "count"); // -> count
}

module.exports = { start };
