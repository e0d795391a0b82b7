// Writes the operations of a GraphQL schema: `node dump_graphql.cjs OUT ENTRY EXPORT`.
//
// The entry exports the schema or a function that makes it; an operation is a field of a root type.
// TypeScript with decorators is compiled with the metadata that Nest lives on.
"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const ts = require("typescript");

const compilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  esModuleInterop: true,
};

async function main(out, entry, exported) {
  const file = path.resolve(entry);
  Module._extensions[".ts"] = (module, name) => {
    const source = fs.readFileSync(name, "utf8");
    module._compile(ts.transpileModule(source, { compilerOptions, fileName: name }).outputText, name);
  };
  const namespace = Module.createRequire(file)(file);
  let schema = namespace[exported.replace(/\(\)$/, "")] ?? namespace;
  if (exported.endsWith("()")) schema = await schema();
  const roots = [
    ["QUERY", schema.getQueryType()],
    ["MUTATION", schema.getMutationType()],
    ["SUBSCRIPTION", schema.getSubscriptionType()],
  ];
  const table = roots.flatMap(([method, type]) =>
    Object.keys(type?.getFields() ?? {}).map((name) => [method, name]),
  );
  fs.writeFileSync(out, JSON.stringify(table));
  process.exit(0);
}

main(...process.argv.slice(2)).catch((fault) => {
  console.error(fault);
  process.exit(1);
});
