const express = require("express");
const agenda = require("./agenda");

const app = express();

app.post("/reminders", async (req, res) => {
  await agenda.schedule("in 20 minutes", "send reminder", { to: 1 }); // -> send reminder
  await agenda.now("send reminder", { to: 2 }); // -> send reminder
  res.status(202).end();
});

module.exports = app;
