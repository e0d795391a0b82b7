"""The family of GraphQL: the fields of the types that queries, mutations and subscriptions begin
with, whether a schema is written in its own language or in code."""
