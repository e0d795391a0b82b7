const { GraphQLFloat, GraphQLID, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLString } = require("graphql");

const Harbour = new GraphQLObjectType({
  name: "Harbour",
  fields: { id: { type: GraphQLID }, name: { type: GraphQLString } },
});

const harbour = {
  type: Harbour,
  args: { id: { type: new GraphQLNonNull(GraphQLID) } },
  resolve: (_, { id }) => ({ id, name: "Oban" }),
};

exports.harbourQueries = {
  harbour,
  harbours: { type: new GraphQLList(Harbour), resolve: listHarbours },
};

function listHarbours() {
  return [];
}

const measured = (kind) => ({
  type: GraphQLFloat,
  args: { harbour: { type: GraphQLID }, value: { type: GraphQLFloat } },
  resolve: (_, { value }) => (kind === "height" ? value : -value),
});

exports.harbourMutations = { recordHeight: measured("height"), recordDepth: measured("depth") };
