// Writes the route table of a Fastify app: `node dump_fastify.cjs OUT ENTRY EXPORT`.
//
// Fastify tells each route to the hook `onRoute`, which has to be there before the first one. So what
// every app is made with, `avvio`, is wrapped before the entry is loaded. HEAD routes that Fastify
// adds by itself are left out. No port is opened.
"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const net = require("node:net");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

async function main(out, entry, exported) {
  const file = path.resolve(entry);
  const table = new Map();
  record(file, (method, url) => {
    for (const spelled of spellings(url)) table.set(`${method} ${spelled}`, [method, spelled]);
  });
  await loaded(file, exported);
  fs.writeFileSync(out, JSON.stringify([...table.values()]));
  process.exit(0);
}

function record(file, note) {
  const fastify = Module.createRequire(file).resolve("fastify");
  const resolved = Module.createRequire(fastify).resolve("avvio");
  const avvio = require(resolved);
  function wrapped(app, ...rest) {
    const made = avvio(app, ...rest);
    app.addHook("onRoute", function onRoute({ method, url, onSend }) {
      const methods = [method].flat();
      const added = [onSend].flat().some((it) => it?.name === "headRouteOnSendHandler");
      const all = methods.length > 1 && methods.length === app.supportedMethods.length;
      if (!added) for (const one of all ? ["ANY"] : methods) note(one, url);
    });
    return made;
  }
  require.cache[resolved].exports = Object.assign(wrapped, avvio);
  net.Server.prototype.listen = function listen() {
    queueMicrotask(() => this.emit("listening"));
    return this;
  };
  net.Server.prototype.address = () => ({ address: "127.0.0.1", family: "IPv4", port: 0 });
}

// The export is an app, a function that makes one, or a plugin as fastify-cli runs it.
async function loaded(file, exported) {
  const namespace = await import(pathToFileURL(file).href);
  const name = exported.replace(/\(\)$/, "");
  let value = namespace;
  while (value && !(name in value) && value.default) value = value.default;
  value = value[name] ?? value;
  while (name === "default" && value?.default) value = value.default;
  if (exported.endsWith("()")) value = await value();
  if (typeof value === "function") {
    const plugin = value;
    value = Module.createRequire(file)("fastify")();
    value.register(plugin);
  }
  await value.ready();
}

// `:id`, `:id(regex)`, `:id?` at the end, `*`.
function spellings(url) {
  const optional = /\/:(\w+)\?$/;
  if (optional.test(url)) {
    return [url.replace(optional, "") || "/", url.replace(optional, "/:$1")].flatMap(spellings);
  }
  const text = url.replace(/:(\w+)(\((?:[^()]|\([^()]*\))*\))?/g, "{$1}").replace(/\*/g, "{*}");
  if (/[()?]/.test(text)) throw new Error(`no normal form for the path ${url}`);
  return [text];
}

main(...process.argv.slice(2)).catch((fault) => {
  console.error(fault);
  process.exit(1);
});
