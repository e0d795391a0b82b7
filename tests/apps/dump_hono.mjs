// Writes the route table of a Hono app: `node dump_hono.mjs OUT ENTRY EXPORT`.
//
// An app lists what it was given with whole paths; `hono/dev` tells middleware from handlers.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

async function main(out, entry, exported) {
  const file = path.resolve(entry);
  const { inspectRoutes } = createRequire(file)("hono/dev");
  const app = await exportOf(await import(pathToFileURL(file).href), exported);
  const table = new Map();
  for (const { method, path: written, isMiddleware } of inspectRoutes(app)) {
    if (isMiddleware) continue;
    for (const text of spellings(written)) {
      table.set(`${method} ${text}`, [method === "ALL" ? "ANY" : method, text]);
    }
  }
  fs.writeFileSync(out, JSON.stringify([...table.values()]));
  process.exit(0);
}

async function exportOf(namespace, exported) {
  const name = exported.replace(/\(\)$/, "");
  let value = namespace;
  while (value && !(name in value) && value.default) value = value.default;
  value = value[name] ?? value;
  while (name === "default" && value?.default) value = value.default;
  return exported.endsWith("()") ? await value() : value;
}

// `:id`, `:id{regex}`, `:id?` and `*`; what matches anything is the rest of the path.
function spellings(written) {
  const optional = /\/:(\w+)\?/;
  if (optional.test(written)) {
    return [written.replace(optional, "") || "/", written.replace(optional, "/:$1")].flatMap(spellings);
  }
  const text = written.replace(/:(\w+)(?:\{((?:[^{}]|\{[^{}]*\})*)\})?|\*/g, (_, name, pattern) => {
    if (name === undefined) return "{*}";
    return `{${name}${pattern === ".+" || pattern === ".*" ? "*" : ""}}`;
  });
  return [text];
}

await main(...process.argv.slice(2));
