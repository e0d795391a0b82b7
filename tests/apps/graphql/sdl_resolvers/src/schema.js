const fs = require("node:fs");
const path = require("node:path");
const { makeExecutableSchema } = require("@graphql-tools/schema");

const { typeDefs: seedTypes } = require("./schema/seeds");
const resolvers = require("./resolvers");

const typeDefs = [fs.readFileSync(path.join(__dirname, "schema", "schema.graphql"), "utf8"), seedTypes];

exports.schema = makeExecutableSchema({ typeDefs, resolvers });
