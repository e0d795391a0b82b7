"""A small project in Express whose endpoints are behind a bearer token, for an empty folder."""

from __future__ import annotations

import json

from backwright.edits.units import Unit
from backwright.recipes.authentication.packages import node_ranges
from backwright.recipes.authentication.render import renderer
from backwright.recipes.authentication.script_places import TestPlace
from backwright.recipes.jwt_auth.asked import Asked
from backwright.recipes.jwt_auth.said import REVIEW
from backwright.recipes.outcome import Draft

_IGNORED = ("node_modules/", "dist/", ".env", "coverage/")
_SHARED = {"app": "new/app.j2", "server": "new/server.j2"}


def new_project(asked: Asked, language: str) -> Draft:
    typed = language == "typescript"
    suffix = ".ts" if typed else ".js"
    name = asked.name or "authenticate"
    values: dict[str, object] = {
        "name": name,
        "ts": typed,
        "ty": lambda text: text if typed else "",
        "cjs": False,
        "claims": asked.claims,
        "variable": "JWT_SECRET",
        "interop": True,
        "dotenv": False,
        "error": None,
    }
    render = renderer(__file__)
    test = f"tests/{name}.test{suffix}"
    files = {
        **{f"src/{path}{suffix}": render(it, **values) for path, it in _SHARED.items()},
        f"src/middleware/{name}{suffix}": render("authenticate.j2", **values),
        test: render(
            "test.j2",
            **values,
            place=TestPlace(test, "vitest"),
            module=f"../src/middleware/{name}.js",
            error_module="",
        ),
        "package.json": _manifest(typed),
        "README.md": render("new/README.md.j2", **values),
        ".env.example": "PORT=3000\nJWT_SECRET=\n",
        ".gitignore": "".join(f"{it}\n" for it in _IGNORED),
        **(_typescript() if typed else {}),
    }
    return Draft(
        tuple(Unit(path, "create", text=text) for path, text in sorted(files.items())),
        f"A project in Express with `{name}`, which validates bearer tokens and sets `req.user`, in"
        " front of GET /me; an expired token is answered with 401 and the code token_expired",
        next_steps=(
            "npm install",
            "cp .env.example .env, and set JWT_SECRET in it as the README says",
            "npm run dev",
        ),
        review=REVIEW,
    )


def _manifest(typed: bool) -> str:
    env = "--env-file-if-exists=.env"
    development = ["vitest"]
    if typed:
        development += ["typescript", "tsx", "@types/express", "@types/jsonwebtoken", "@types/node"]
    content = {
        "name": "jwt-api",
        "version": "0.1.0",
        "private": True,
        "type": "module",
        "engines": {"node": ">=20.19"},
        "scripts": {
            "dev": f"tsx watch {env} src/server.ts"
            if typed
            else f"node --watch {env} src/server.js",
            **({"build": "tsc -p tsconfig.build.json"} if typed else {}),
            "start": f"node {env} {'dist' if typed else 'src'}/server.js",
            "test": "vitest run",
            **({"typecheck": "tsc --noEmit"} if typed else {}),
        },
        "dependencies": node_ranges("express", "jsonwebtoken"),
        "devDependencies": node_ranges(*development),
    }
    return json.dumps(content, indent=2) + "\n"


def _typescript() -> dict[str, str]:
    options = {
        "target": "es2022",
        "module": "nodenext",
        "types": ["node"],
        "strict": True,
        "skipLibCheck": True,
        "noEmit": True,
    }
    built = {"noEmit": False, "rootDir": "src", "outDir": "dist", "sourceMap": True}
    whole = {"compilerOptions": options, "include": ["src", "tests"]}
    build = {"extends": "./tsconfig.json", "compilerOptions": built, "include": ["src"]}
    return {
        "tsconfig.json": json.dumps(whole, indent=2) + "\n",
        "tsconfig.build.json": json.dumps(build, indent=2) + "\n",
    }
