"""What the first file of tests of an Express project begins with."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.backend import Made
from backwright.facts.code import FileFacts
from backwright.index.testfiles import is_test
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.outcome import Refused

_LISTENS = re.compile(r"^[^\n]*\.listen\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines, and what requests are made on."""

    text: str
    agent: str
    modules: bool


def new_head(project: Project, home: str) -> Head | Refused:
    """The imports for tests in `home`: supertest, the app, and Vitest where that runs them."""
    package = project.configs.nearest(home, "package.json") or ""
    content = project.configs.json(package)
    modules = content.get("type") == "module" or home.endswith((".ts", ".mts", ".mjs"))
    found = _app(project)
    if isinstance(found, Refused):
        return found
    name, default, file = found
    path = posixpath.relpath(file, posixpath.dirname(home) or ".")
    path = path if path.startswith(".") else f"./{path}"
    known = project.situation.stack.dependencies
    vitest = "vitest" in known or (modules and "jest" not in known)
    lines = []
    if modules or vitest:
        lines.append("import request from 'supertest';")
        if vitest:
            lines.append("import { describe, expect, it } from 'vitest';")
        taken = name if default else f"{{ {name} }}"
        path = re.sub(r"\.ts$", ".js" if modules else "", path)
        lines += ["", f"import {taken} from '{path}';"]
    else:
        taken = name if default else f"{{ {name} }}"
        lines += ["const request = require('supertest');"]
        lines += [f"const {taken} = require('{posixpath.splitext(path)[0]}');"]
    made = name.startswith(("create", "make", "build"))
    if made:
        lines += ["", f"const app = {name}();"]
    return Head("\n".join(lines) + "\n", f"request({'app' if made else name})", modules or vitest)


def _app(project: Project) -> tuple[str, bool, str] | Refused:
    """The name under which the app or what makes it is exported, whether by default, and where."""
    apps = [
        it
        for it in project.situation.backend.made
        if it.origin == "express" and not is_test(it.place.file)
    ]
    for app in apps:
        exported = _exported(project.facts(app.place.file), app)
        if exported is None:
            continue
        source = project.situation.source(app.place.file)
        if not app.scope and _LISTENS.search(source) and "require.main" not in source:
            return Refused(
                f"{app.place.file} listens as soon as it is imported; move `listen` to a file of"
                " its own, so that tests can import the app"
            )
        return (*exported, app.place.file)
    return Refused(
        "no module exports the app; export it without listening so that tests can import it"
    )


def _exported(facts: FileFacts | None, app: Made) -> tuple[str, bool] | None:
    name = app.scope or app.name
    for step in walk.steps(facts.steps) if facts is not None else ():
        match step:
            case code.Export("default" | "=", code.Name(given)) if given == name:
                return name, True
            case code.Export(given, code.Name(local)) if local == name:
                return given, False
            case code.Assign(target, code.Name(given)) if given == name:
                written = walk.dotted(target)
                if written == "module.exports":
                    return name, True
                if written in {f"exports.{name}", f"module.exports.{name}"}:
                    return name, False
            case code.Assign(target, code.Table(entries)) if (
                walk.dotted(target) == "module.exports"
            ):
                if any(key == code.Text(name) for key, _ in entries):
                    return name, False
            case _:
                pass
    return None
