import SchemaBuilder from "@pothos/core";

export const builder = new SchemaBuilder<{ Context: { user?: string } }>({});

builder.queryType({
  fields: (t) => ({
    hello: t.string({ args: { name: t.arg.string() }, resolve: (_, { name }) => `hello ${name}` }),
  }),
});
builder.mutationType({});
builder.subscriptionType();
