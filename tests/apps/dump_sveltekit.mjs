// Writes the route table of a SvelteKit app: `node dump_sveltekit.mjs OUT FOLDER`.
//
// The routes are those that SvelteKit finds in the folder before it builds anything; the methods are
// what each endpoint exports.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

async function main(out, folder) {
  const cwd = path.resolve(folder);
  const kit = path.dirname(createRequire(path.join(cwd, "package.json")).resolve("@sveltejs/kit/package.json"));
  const from = (file) => import(pathToFileURL(path.join(kit, "src/core", file)).href);
  const { load_config } = await from("config/index.js");
  const { default: create_manifest_data } = await from("sync/create_manifest_data/index.js");
  process.chdir(cwd);
  const config = await load_config({ cwd });
  const table = [];
  for (const { id, endpoint } of create_manifest_data({ config, cwd, fallback: "" }).routes) {
    if (!endpoint) continue;
    const exported = await import(pathToFileURL(path.resolve(cwd, endpoint.file)).href);
    const methods = METHODS.filter((it) => it in exported);
    if ("fallback" in exported) methods.push("ANY");
    for (const text of spellings(id)) {
      for (const method of methods) table.push([method, (config.kit.paths.base + text) || "/"]);
    }
  }
  fs.writeFileSync(out, JSON.stringify(table));
  process.exit(0);
}

// An id is written like the folders: /(group)/[[lang]]/items/[id=integer]
function spellings(id) {
  const optional = /\/\[\[(\w+)(?:=\w+)?\]\]/;
  if (optional.test(id)) {
    return [id.replace(optional, ""), id.replace(optional, "/[$1]")].flatMap(spellings);
  }
  const text = id
    .replace(/\/\([^()]+\)/g, "")
    .replace(/\[\.\.\.(\w+)(?:=\w+)?\]/g, "{$1*}")
    .replace(/\[(\w+)(?:=\w+)?\]/g, "{$1}");
  return [text];
}

await main(...process.argv.slice(2));
