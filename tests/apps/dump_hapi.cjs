// Writes the route table of a hapi server: `node dump_hapi.cjs OUT ENTRY EXPORT`.
//
// A server lists its routes with whole paths, those of its plugins too. Routes that serve files are
// left out. No port is opened.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

async function main(out, entry, exported) {
  const namespace = await import(pathToFileURL(path.resolve(entry)).href);
  const name = exported.replace(/\(\)$/, "");
  let value = namespace[name] ?? namespace.default?.[name] ?? namespace.default;
  if (exported.endsWith("()")) value = await value();
  const table = [];
  for (const { method, path: written, settings } of value.table()) {
    if (settings.handler?.directory || settings.handler?.file) continue;
    for (const text of spellings(written)) table.push([method === "*" ? "ANY" : method.toUpperCase(), text]);
  }
  fs.writeFileSync(out, JSON.stringify(table));
  process.exit(0);
}

// `{id}`, `{id?}` at the end, `{rest*}`, `{two*2}`
function spellings(written) {
  const optional = /\/?\{(\w+)\?\}$/;
  if (optional.test(written)) {
    return [written.replace(optional, "") || "/", written.replace(optional, "/{$1}")];
  }
  return [written.replace(/\{(\w+)\*\d*\}/g, "{$1*}")];
}

main(...process.argv.slice(2)).catch((fault) => {
  console.error(fault);
  process.exit(1);
});
