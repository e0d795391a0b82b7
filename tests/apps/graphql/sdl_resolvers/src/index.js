const { ApolloServer } = require("@apollo/server");
const { startStandaloneServer } = require("@apollo/server/standalone");

const { schema } = require("./schema");

startStandaloneServer(new ApolloServer({ schema }), { listen: { port: 4000 } });
