"""How a Ruby application runs: its server, its version, what it is installed from."""

from __future__ import annotations

import posixpath
import re

from backwright.facts import code
from backwright.recipes.infrastructure.application import Application, slug
from backwright.recipes.infrastructure.asked import Asked
from backwright.recipes.infrastructure.managers import install_of
from backwright.recipes.infrastructure.present import first_present
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project

_VERSION = "3.4"
_OF_RAILS = (((8, 0), "3.4"), ((7, 1), "3.3"), ((7, 0), "3.2"), ((0, 0), "3.0"))
"""Which Ruby each Rails was made for, newest first."""
_RAILS_PORT, _RACK_PORT = 3000, 9292
_COMPILERS = ("build-essential", "libyaml-dev", "pkg-config")
_LIBRARIES = {
    "pg": (("libpq-dev",), ("libpq5",)),
    "mysql2": (("default-libmysqlclient-dev",), ("libmariadb3",)),
    "trilogy": ((), ()),
    "sqlite3": (("libsqlite3-dev",), ("libsqlite3-0",)),
}
_ASSETS = ("sprockets-rails", "propshaft", "sprockets")


def read(project: Project, asked: Asked) -> Application | Refused:
    situation = project.situation
    stack = situation.stack
    if posixpath.basename(stack.manifest) != "Gemfile":
        return Refused("nothing says which gems the application needs; a Gemfile would")
    served = _server(project, asked.port)
    if served is None:
        return Refused(
            "it is not known how the application starts: it is no Rails application and has no"
            " config.ru"
        )
    command, port = served
    install = install_of(situation, "bundler")
    has = set(stack.dependencies)
    build: dict[str, None] = dict.fromkeys(_COMPILERS)
    run: dict[str, None] = {}
    for gem, (builds, runs) in _LIBRARIES.items():
        if gem in has:
            build.update(dict.fromkeys(builds))
            run.update(dict.fromkeys(runs))
    notes = []
    if not install.lock:
        notes.append("there is no Gemfile.lock: each image may get other versions of its gems")
    if is_rails(project):
        notes.append("SECRET_KEY_BASE or RAILS_MASTER_KEY must be given to the container")
    return Application(
        name=slug(project),
        language="ruby",
        version=asked.version or _version(project),
        install=install,
        command=command,
        development=" ".join(command),
        port=port,
        build=_assets(project),
        output="public/assets" if _assets(project) else "",
        build_libraries=tuple(build),
        libraries=tuple(run),
        notes=tuple(notes),
    )


def is_rails(project: Project) -> bool:
    return any(it.name in {"rails", "railties"} for it in project.situation.stack.frameworks)


def rails_version(project: Project) -> tuple[int, int]:
    """The version of Rails as far as it is known, else one of today."""
    named = (it.version for it in project.situation.stack.frameworks if it.name == "rails")
    found = re.search(r"(\d+)\.(\d+)", next(named, ""))
    return (int(found[1]), int(found[2])) if found else (8, 0)


def _server(project: Project, asked: int) -> tuple[tuple[str, ...], int] | None:
    """What starts the server for production, and the port."""
    if is_rails(project):
        port = asked or _RAILS_PORT
        command = ("bundle", "exec", "rails", "server", "--binding", "0.0.0.0")
        return (*command, "--port", str(port)), port
    situation = project.situation
    if not first_present(situation, situation.stack.root, ["config.ru"]):
        return None
    port = asked or _RACK_PORT
    if "puma" in situation.stack.dependencies:
        return ("bundle", "exec", "puma", "--bind", f"tcp://0.0.0.0:{port}"), port
    return ("bundle", "exec", "rackup", "--host", "0.0.0.0", "--port", str(port)), port


def _assets(project: Project) -> str:
    has = project.situation.stack.dependencies
    if not is_rails(project) or not any(it in has for it in _ASSETS):
        return ""
    secret = (
        "SECRET_KEY_BASE_DUMMY=1" if rails_version(project) >= (7, 1) else "SECRET_KEY_BASE=unused"
    )
    return f"{secret} bundle exec rails assets:precompile"


def _version(project: Project) -> str:
    """The version that the project asks for, as `.ruby-version` or its Gemfile says."""
    situation = project.situation
    pinned = first_present(situation, situation.stack.root, [".ruby-version"])
    if pinned and (found := re.search(r"\d+\.\d+(\.\d+)?", situation.source(pinned))):
        return found[0]
    facts = project.facts(situation.stack.manifest)
    for step in facts.steps if facts is not None else ():
        match step:
            case code.Do(code.Call(code.Name("ruby"), [code.Argument(code.Text(wanted)), *_])):
                found = re.search(r"\d+\.\d+(\.\d+)?", wanted)
                if found and not re.search(r"[<>~]", wanted):
                    return found[0]
                if found:
                    return ".".join(found[0].split(".")[:2])
            case _:
                pass
    if not is_rails(project):
        return _VERSION
    mine = rails_version(project)
    return next(ruby for rails, ruby in _OF_RAILS if mine >= rails)
