"""Routes that are files: what no route table shows, such as middleware, and Nitro, whose package is
too large to install for tests. Nitro's table is what nitropack 2.13 scanned of the same files."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from backwright.index.files.matchers import covers
from node import command, node_modules
from projects import backend

MATCHERS = [
    "/api/:path*",
    "/api/tools/:path+",
    "/about/:path?",
    "/((?!api|_next/static|favicon.ico).*)",
    "/((?!.*\\..*|_next).*)",
    "/(api|trpc)(.*)",
    "/dashboard",
    "/users/:id(\\d+)",
    "/:lang/docs/:page",
]
PATHS = ["/", "/api", "/api/tools", "/api/tools/7", "/about", "/about/us", "/about/us/now"]
PATHS += ["/dashboard", "/trpc/items.all", "/users/7", "/users/ada", "/en/docs/intro", "/map.png"]


def test_a_matcher_covers_what_it_does_in_nextjs() -> None:
    script = """
    const { pathToRegexp } = require("./next/dist/compiled/path-to-regexp");
    const [matchers, paths] = JSON.parse(process.argv[1]);
    const table = matchers.map((it) => paths.map((path) => pathToRegexp(it).test(path)));
    console.log(JSON.stringify(table));
    """
    arguments = [command("node"), "-e", script, json.dumps([MATCHERS, PATHS])]
    done = subprocess.run(arguments, cwd=node_modules(), capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[covers(it, path) for path in PATHS] for it in MATCHERS]


NITRO = """
//- package.json
{"dependencies": {"nitropack": "^2.0.0"}}
//- nitro.config.ts
export default defineNitroConfig({ srcDir: "server", baseURL: "/tram" });
//- server/middleware/ticket.ts
export default defineEventHandler((event) => {
  if (!getHeader(event, "x-ticket")) throw createError({ statusCode: 401 });
});
//- server/api/stops/index.get.ts
export default defineEventHandler((event) => []);
//- server/api/stops/index.post.ts
export default defineEventHandler(async (event) => await readBody(event));
//- server/api/stops/[id].ts
export default defineEventHandler((event) => ({}));
//- server/api/stops/[id]/lines.get.ts
import { defineEventHandler } from "h3";
export default defineEventHandler((event) => []);
//- server/api/(admin)/reload.post.ts
export default defineEventHandler((event) => ({}));
//- server/routes/feeds/[...path].ts
export default defineEventHandler((event) => event.path);
//- server/routes/robots.txt.ts
export default defineEventHandler((event) => "");
//- server/routes/[...].ts
export default defineEventHandler((event) => "");
"""


def test_nitro_takes_methods_from_names_of_files(tmp_path: Path) -> None:
    routes = backend(tmp_path, NITRO).routes
    assert sorted(it.title for it in routes) == [
        "ANY /tram/api/stops/{id}",
        "ANY /tram/feeds/{path*}",
        "ANY /tram/robots.txt",
        "ANY /tram/{*}",
        "GET /tram/api/stops",
        "GET /tram/api/stops/{id}/lines",
        "POST /tram/api/reload",
        "POST /tram/api/stops",
    ]
    assert {guard.source for it in routes for guard in it.guards} == {"middleware"}
    assert all(len(it.guards) == 1 for it in routes)


NEXT = """
//- package.json
{"dependencies": {"next": "^16"}}
//- app/api/notes/[id]/route.ts
export async function GET(request: Request, { params }) {
  const { searchParams } = new URL(request.url);
  return Response.json(searchParams.get("lang"));
}
export async function PUT(request: Request) {
  const { text } = await request.json();
  return Response.json({ text, from: request.headers.get("x-from") });
}
//- lib/app/api/route.ts
export const GET = () => new Response();
//- test/fixtures/site/package.json
{"dependencies": {"next": "^16"}}
//- test/fixtures/site/app/route.ts
export const GET = () => new Response();
//- apps/docs/next.config.js
module.exports = (phase) => ({ basePath: process.env.BASE });
//- apps/docs/src/app/search/route.js
export const GET = () => new Response();
"""


def test_next_routes_belong_to_applications_and_tell_their_inputs(tmp_path: Path) -> None:
    routes = {it.title: it for it in backend(tmp_path, NEXT).routes}
    assert sorted(routes) == ["GET /api/notes/{id}", "GET /search", "PUT /api/notes/{id}"]
    assert not routes["GET /search"].resolved
    get, put = routes["GET /api/notes/{id}"], routes["PUT /api/notes/{id}"]
    assert [(it.name, it.location) for it in get.parameters] == [("id", "path"), ("lang", "query")]
    assert [(it.name, it.location) for it in put.parameters] == [
        ("id", "path"),
        ("text", "body"),
        ("x-from", "header"),
    ]
