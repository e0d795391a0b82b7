// Writes the route table of a Koa app: `node dump_koa.cjs OUT ENTRY EXPORT`.
//
// The middleware of a router tells its router, whose stack holds the routes with their whole paths.
// What `koa-mount` and `koa-compose` make hides behind closures, so these are wrapped before the
// entry is loaded; that works for entries that require them. No port is opened.
"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const net = require("node:net");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

// middleware → { prefix, middleware: [] }
const hidden = new WeakMap();

async function main(out, entry, exported) {
  const file = path.resolve(entry);
  net.Server.prototype.listen = function listen() {
    return this;
  };
  reveal(file, "koa-compose", ([middleware]) => ({ prefix: "", middleware }));
  reveal(file, "koa-mount", ([prefix, app]) => ({
    prefix: typeof prefix === "string" ? prefix : "",
    middleware: [app ?? prefix].flatMap((it) => it.middleware ?? [it]),
  }));
  const app = await exportOf(await import(pathToFileURL(file).href), exported);
  const table = new Map();
  for (const route of routesOf(app.middleware, "")) table.set(route.join(" "), route);
  fs.writeFileSync(out, JSON.stringify([...table.values()]));
  process.exit(0);
}

function reveal(file, name, describe) {
  const resolved = Module.createRequire(file).resolve(name);
  const original = require(resolved);
  function wrapped(...args) {
    const made = original(...args);
    hidden.set(made, describe(args));
    return made;
  }
  require.cache[resolved].exports = Object.assign(wrapped, original);
}

async function exportOf(namespace, exported) {
  const name = exported.replace(/\(\)$/, "");
  let value = namespace;
  while (value && !(name in value) && value.default) value = value.default;
  value = value[name] ?? value;
  while (name === "default" && value?.default) value = value.default;
  return exported.endsWith("()") ? await value() : value;
}

function* routesOf(middleware, prefix) {
  for (const one of middleware) {
    const inside = hidden.get(one);
    if (inside) yield* routesOf(inside.middleware, join(prefix, inside.prefix));
    for (const layer of one.router?.stack ?? []) {
      for (const method of methodsOf(layer)) {
        for (const text of spellings(layer.path)) yield [method, join(prefix, text) || "/"];
      }
    }
  }
}

// A GET route answers HEAD too, which nobody declared; a route that answers all lists every method.
function methodsOf({ methods }) {
  if (methods.length > 20) return ["ANY"];
  return methods.filter((it) => it !== "HEAD" || !methods.includes("GET"));
}

function join(prefix, text) {
  return text === "/" && prefix ? prefix : `${prefix.replace(/\/$/, "")}${text}`;
}

// `:id`, `:id(regex)`, `{/:id}` and `*rest`.
function spellings(piece) {
  const group = /\{([^{}]*)\}/.exec(piece);
  if (group) {
    const [before, after] = [piece.slice(0, group.index), piece.slice(group.index + group[0].length)];
    const all = /^\/?\*\w+$/.test(group[1]) ? [group[1]] : ["", group[1]];
    return all.flatMap((it) => spellings(`${before}${it}${after}`));
  }
  const text = piece
    .replace(/:(\w+)(\([^()]*\))?/g, "<$1>")
    .replace(/\*(\w*)/g, "<$1*>")
    .replace(/</g, "{")
    .replace(/>/g, "}");
  if (/[()?]/.test(text)) throw new Error(`no normal form for the path ${piece}`);
  return [text || "/"];
}

main(...process.argv.slice(2)).catch((fault) => {
  console.error(fault);
  process.exit(1);
});
