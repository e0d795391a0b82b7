// Writes the route table of a Next.js app: `node dump_next.cjs OUT FOLDER`.
//
// The app is built as for production, in a copy, since a build writes into the folder. The paths
// are those of the manifests that the server routes by; the methods of a route handler are what its
// compiled module exports, and those of an API page what it does not refuse when it is asked.
"use strict";

const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const { createRequire } = require("node:module");
const os = require("node:os");
const path = require("node:path");

const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

async function main(out, folder) {
  const source = path.resolve(folder);
  const require_ = createRequire(path.join(source, "package.json"));
  const next = path.dirname(require_.resolve("next/package.json"));
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), "next-"));
  try {
    const kept = (it) => !/(^|[\\/])(node_modules|\.next)([\\/]|$)/.test(path.relative(source, it));
    fs.cpSync(source, copy, { recursive: true, filter: kept });
    fs.symlinkSync(path.dirname(next), path.join(copy, "node_modules"));
    build(next, copy);
    process.env.NODE_ENV = "production";
    process.chdir(copy);
    fs.writeFileSync(out, JSON.stringify(await routesOf(path.join(copy, ".next"))));
  } finally {
    process.chdir(source);
    fs.rmSync(copy, { recursive: true, force: true });
  }
  process.exit(0);
}

function build(next, folder) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CI: "1" };
  const args = [path.join(next, "dist/bin/next"), "build", "--webpack"];
  const done = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${done.stdout}\n${done.stderr}`);
}

async function routesOf(built) {
  const read = (name) => {
    const file = path.join(built, name); // an app with pages alone has no manifest of the other kind
    return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  };
  const { basePath } = read("routes-manifest.json");
  const table = [];
  for (const [entry, route] of Object.entries(read("app-path-routes-manifest.json"))) {
    if (!entry.endsWith("/route")) continue;
    const { routeModule } = await require(path.join(built, "server/app", `${entry}.js`));
    const methods = METHODS.filter((it) => it in routeModule.userland);
    for (const method of methods) table.push([method, basePath + spelled(route)]);
  }
  for (const [route, file] of Object.entries(read("server/pages-manifest.json"))) {
    if (!route.startsWith("/api/")) continue;
    const page = await require(path.join(built, "server", file));
    const answered = [];
    for (const method of METHODS) {
      if ((await ask(page.default, method)) !== 405) answered.push(method);
    }
    const methods = answered.length === METHODS.length ? ["ANY"] : answered;
    for (const method of methods) table.push([method, basePath + spelled(route)]);
  }
  return table;
}

function ask(handler, method) {
  return new Promise((resolve, reject) => {
    let status = 200;
    const done = () => resolve(status);
    const response = { end: done, send: done, json: done, setHeader: () => response };
    response.status = (code) => {
      status = code;
      return response;
    };
    const request = { method, query: {}, headers: { authorization: "x" }, body: {} };
    Promise.resolve(handler(request, response)).catch(reject);
  });
}

// [[...slug]], [...slug] and [id]
function spelled(route) {
  return route.replace(/\[{1,2}\.\.\.(\w+)\]{1,2}/g, "{$1*}").replace(/\[(\w+)\]/g, "{$1}");
}

main(...process.argv.slice(2)).catch((fault) => {
  console.error(fault);
  process.exit(1);
});
