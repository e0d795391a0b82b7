from pathlib import Path

from ariadne import gql, load_schema_from_path, make_executable_schema

from foundry.resolvers import mutation, query, subscription

extra = gql(
    """
    type Mutation {
        pour(alloy: String!, weight: Float = 1.5): Casting!
        scrap(id: ID!): Boolean!
    }

    extend type Query {
        alloys: [String!]!
    }
    """
)

type_defs = [load_schema_from_path(str(Path(__file__).parent / "schema.graphql")), extra]
schema = make_executable_schema(type_defs, query, mutation, subscription)
