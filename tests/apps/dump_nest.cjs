// Writes the route table of a Nest app: `node dump_nest.cjs OUT ENTRY [EXPORT]`.
//
// TypeScript is compiled file by file as it is required, with the metadata of decorators that Nest
// lives on. The entry starts the app by itself; where it would listen, the routes of the Express
// below are read instead. No port is opened.
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

function main(out, entry) {
  const file = path.resolve(entry);
  const require_ = Module.createRequire(file);
  Module._extensions[".ts"] = (module, name) => {
    const source = fs.readFileSync(name, "utf8");
    module._compile(ts.transpileModule(source, { compilerOptions, fileName: name }).outputText, name);
  };
  const tables = [];
  const { NestApplication } = require_("@nestjs/core");
  NestApplication.prototype.listen = async function listen() {
    await this.init();
    tables.push(...routesOf(this.getHttpAdapter().getInstance()));
    fs.writeFileSync(out, JSON.stringify(unique(tables)));
  };
  process.on("unhandledRejection", (fault) => {
    console.error(fault);
    process.exit(1);
  });
  require_(file);
}

function* routesOf(app) {
  for (const { route } of (app.router ?? app._router).stack) {
    const methods = Object.keys(route?.methods ?? {});
    for (const method of methods.length > 20 ? ["any"] : methods) {
      for (const text of spellings(route.path)) yield [method.toUpperCase(), text];
    }
  }
}

function unique(routes) {
  return [...new Map(routes.map((it) => [it.join(" "), it])).values()];
}

// Express 5: `:id`, `*rest`, `{/:id}`; a catch-all in braces may be empty.
function spellings(written) {
  const group = /\{([^{}]*)\}/.exec(written);
  if (group) {
    const rest = written.slice(group.index + group[0].length);
    const all = /^\/?\*\w+$/.test(group[1]) ? [group[1]] : ["", group[1]];
    return all.flatMap((it) => spellings(`${written.slice(0, group.index)}${it}${rest}`));
  }
  const text = written.replace(/:(\w+)/g, "<$1>").replace(/\*(\w+)/g, "<$1*>");
  return [text.replace(/</g, "{").replace(/>/g, "}") || "/"];
}

main(...process.argv.slice(2));
