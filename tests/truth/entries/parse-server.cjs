// The API's app, as `ParseServer` makes it; no database is opened before `start`.
const { ParseServer } = require("parse-server");

const server = new ParseServer({
  appId: "truth",
  masterKey: "truth",
  serverURL: "http://localhost:1337/parse",
  databaseURI: "mongodb://localhost/none",
});

module.exports = async () => server.app;
