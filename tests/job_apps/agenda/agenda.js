const { Agenda } = require("agenda");

module.exports = new Agenda({ processEvery: "1 minute" });
