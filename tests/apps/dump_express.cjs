// Writes the route table of an Express app: `node dump_express.cjs OUT ENTRY EXPORT`.
//
// A router of Express does not tell where it is mounted, and a mounted app hides behind a closure.
// So `use`, `route` and the method functions are wrapped before the entry is loaded, every
// registration is recorded, and the table is composed from the records. No port is opened.
"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const net = require("node:net");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

// router → [{ path, child }] for mounts and [{ path, route }] for routes, in order
const records = new WeakMap();
// route → Set of methods
const declared = new WeakMap();

async function main(out, entry, exported) {
  const file = path.resolve(entry);
  const express = loadExpress(file);
  record(express);
  net.Server.prototype.listen = function listen() {
    return this;
  };
  const app = await exportOf(await import(pathToFileURL(file).href), exported);
  const normal = normalizerOf(file, express);
  const table = new Map();
  for (const route of compose(routerOf(app), [""], normal)) table.set(route.join(" "), route);
  fs.writeFileSync(out, JSON.stringify([...table.values()]));
  // Timers that the app started must not keep the process.
  process.exit(0);
}

// The app's package.json decides which Express answers to the name "express".
function loadExpress(file) {
  const resolve = Module._resolveFilename;
  if (majorWanted(path.dirname(file)) === 4) {
    Module._resolveFilename = function resolveFilename(request, ...rest) {
      return resolve.call(this, request === "express" ? "express4" : request, ...rest);
    };
  }
  return Module.createRequire(file)("express");
}

function majorWanted(folder) {
  const manifest = path.join(folder, "package.json");
  if (fs.existsSync(manifest)) {
    const { dependencies = {} } = JSON.parse(fs.readFileSync(manifest, "utf8"));
    if (dependencies.express) return Number(/\d+/.exec(dependencies.express)[0]);
  }
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error("no package.json names the version of express");
  return majorWanted(parent);
}

function record(express) {
  // In Express 4 the Router function is itself the prototype of every router.
  const router = express.Router.prototype?.use ? express.Router.prototype : express.Router;
  wrap(router, "use", (self, args) => {
    const [at, handlers] = mountOf(args);
    for (const child of handlers) {
      if (Array.isArray(child.stack) || isApp(child)) recordsOf(self).push({ path: at, child });
    }
  });
  // An app hands its router a closure in place of the app it mounts.
  wrap(express.application, "use", (self, args) => {
    const [at, handlers] = mountOf(args);
    for (const child of handlers.filter(isApp)) recordsOf(routerOf(self)).push({ path: at, child });
  });
  wrap(router, "route", (self, [at], route) => recordsOf(self).push({ path: at, route }));
  for (const name of Object.keys(express.Route.prototype)) {
    if (isVerb(name)) wrap(express.Route.prototype, name, (self) => methodsOf(self).add(name));
  }
  // `app.all` names every method that Node knows; what was meant is all of them.
  wrap(express.application, "all", (self) => {
    declared.set(recordsOf(routerOf(self)).at(-1).route, new Set(["all"]));
  });
}

function isApp(value) {
  return Boolean(value.handle && value.set);
}

function isVerb(name) {
  return name === "all" || require("node:http").METHODS.includes(name.toUpperCase());
}

function wrap(owner, name, note) {
  const original = owner[name];
  owner[name] = function wrapped(...args) {
    const result = original.apply(this, args);
    note(this, args, result);
    return result;
  };
}

function mountOf(args) {
  const handlers = args.flat(Infinity);
  const named = typeof [args[0]].flat(Infinity)[0] !== "function";
  return named ? [args[0], args.slice(1).flat(Infinity)] : ["/", handlers];
}

function recordsOf(router) {
  if (!records.has(router)) records.set(router, []);
  return records.get(router);
}

function methodsOf(route) {
  if (!declared.has(route)) declared.set(route, new Set());
  return declared.get(route);
}

// An app owns a router (Express 4 makes it on first use); a router is its own.
function routerOf(app) {
  if (Array.isArray(app?.stack)) return app;
  if (typeof app?.handle !== "function") throw new Error("the entry exports no Express app");
  app.lazyrouter?.();
  return app._router ?? app.router;
}

async function exportOf(namespace, exported) {
  const name = exported.replace(/\(\)$/, "");
  let value = namespace;
  while (value && !(name in value) && value.default) value = value.default;
  value = value[name] ?? value;
  // A compiled module may nest its default export in another one.
  while (name === "default" && typeof value !== "function" && value?.default) value = value.default;
  return exported.endsWith("()") ? await value() : value;
}

function* compose(router, prefixes, normal) {
  for (const { path: at, child, route } of recordsOf(router)) {
    const paths = prefixes.flatMap((prefix) =>
      [at].flat(Infinity).flatMap((piece) => normal(piece).map((text) => join(prefix, text))),
    );
    if (child) yield* compose(routerOf(child), paths.map((it) => it.replace(/\/$/, "")), normal);
    else for (const method of methodsOf(route)) for (const it of paths) yield [verb(method), it];
  }
}

function verb(method) {
  return method === "all" ? "ANY" : method.toUpperCase();
}

// A route at "/" of a router mounted at "/users" answers "/users".
function join(prefix, text) {
  const rest = text === "/" && prefix ? "" : `/${text}`;
  return `${prefix}${rest}`.replace(/\/{2,}/g, "/") || "/";
}

function normalizerOf(file, express) {
  const text = express.application.lazyrouter ? spellings4 : spellings5(file);
  return (piece) => {
    if (typeof piece !== "string") throw new Error(`no normal form for the path ${piece}`);
    return [...new Set(text(piece))];
  };
}

// Express 4: `(text)?`, `:name`, `:name(regex)`, `:name?`, `:name*`, `:name(*)` and the unnamed `*`.
function spellings4(piece) {
  const group = /\(([\w./-]+)\)\?/;
  if (group.test(piece)) {
    return [piece.replace(group, ""), piece.replace(group, "$1")].flatMap(spellings4);
  }
  const optional = /\/:(\w+)(\([^()]*\))?\?/;
  if (optional.test(piece)) {
    const without = piece.replace(optional, "") || "/";
    return [without, piece.replace(optional, "/:$1$2")].flatMap(spellings4);
  }
  const parameter = /:(\w+)(\([^()]*\))?(\*)?|\*/g;
  const text = piece.replace(parameter, (_, name = "", capture = "", star = "") => {
    const all = star || !name || /^\((\.?\*|\.\+)\)$/.test(capture);
    return `{${name}${all ? "*" : ""}}`;
  });
  if (/[()?+]/.test(text)) throw new Error(`no normal form for the path ${piece}`);
  return [text];
}

// Express 5: the parser that the router itself uses.
function spellings5(file) {
  const router = Module.createRequire(Module.createRequire(file).resolve("express"))
    .resolve("router");
  const { parse } = Module.createRequire(router)("path-to-regexp");
  return (piece) => expand(parse(piece).tokens);
}

function expand(tokens) {
  return tokens.reduce(
    (heads, token) => heads.flatMap((head) => endings(token).map((tail) => head + tail)),
    [""],
  );
}

function endings(token) {
  if (token.type === "text") return [token.value];
  if (token.type === "param") return [`{${token.name}}`];
  if (token.type === "wildcard") return [`{${token.name}*}`];
  // `{*rest}` is a catch-all that may be empty, which is what the normal form means already.
  const within = expand(token.tokens);
  return token.tokens.every((it) => it.type === "wildcard") ? within : ["", ...within];
}

main(...process.argv.slice(2)).catch((fault) => {
  console.error(fault);
  process.exit(1);
});
