// Writes the procedures of a tRPC router: `node dump_trpc.mjs OUT ENTRY EXPORT`.
//
// A router keeps its procedures, those of the routers in it too, under their whole names.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

async function main(out, entry, exported) {
  const namespace = await import(pathToFileURL(path.resolve(entry)).href);
  const name = exported.replace(/\(\)$/, "");
  let router = namespace[name] ?? namespace.default?.[name] ?? namespace.default;
  if (exported.endsWith("()")) router = await router();
  const table = await procedures(router);
  fs.writeFileSync(out, JSON.stringify(table));
  process.exit(0);
}

async function procedures(router) {
  const table = Object.entries(router._def.procedures).map(([name, it]) => [
    it._def.type.toUpperCase(),
    name,
  ]);
  for (const [name, lazy] of Object.entries(router._def.lazy)) {
    const inner = await lazy.ref();
    for (const [method, rest] of await procedures(inner)) table.push([method, `${name}.${rest}`]);
  }
  return table;
}

await main(...process.argv.slice(2));
