const gql = require("graphql-tag");

const seedFields = `
  id: ID!
  variety: String!
`;

exports.typeDefs = gql`
  type Seed {
    ${seedFields}
  }

  extend type Query {
    seeds(variety: String, limit: Int = 20): [Seed!]!
    stock: Int!
  }

  extend type RootMutation {
    deposit(variety: String!, grams: Int!): Seed!
    withdraw(id: ID!): Boolean
  }
`;
