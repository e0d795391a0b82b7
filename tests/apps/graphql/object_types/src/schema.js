const { GraphQLObjectType, GraphQLSchema, GraphQLString } = require("graphql");

const { harbourQueries, harbourMutations } = require("./harbours");

const QueryRoot = new GraphQLObjectType({
  name: "QueryRoot",
  fields: () => ({
    version: { type: GraphQLString, resolve: () => "1" },
    ...harbourQueries,
  }),
});

const Mutation = new GraphQLObjectType({ name: "Mutation", fields: harbourMutations });

function makeSchema() {
  return new GraphQLSchema({ query: QueryRoot, mutation: Mutation });
}

module.exports = { makeSchema };
