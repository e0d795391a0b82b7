const express = require("express");
const { videos, letters } = require("./lib/queues");

const app = express();

app.post("/videos", async (req, res) => {
  await videos.add("cut", { id: 1 }, { attempts: 2, backoff: { type: "fixed", delay: 500 } }); // -> cut
  res.status(202).end();
});

app.post("/letters", async (req, res) => {
  await letters.add({ to: "someone" }); // -> letters
  res.status(202).end();
});

module.exports = app;
