"""How an application is installed, built and started, as its own files say."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace

from backwright.facts.backend import Stack
from backwright.recipes.infrastructure.asked import Asked
from backwright.recipes.infrastructure.managers import Install
from backwright.recipes.outcome import Refused, Situation
from backwright.recipes.project import Project


@dataclass(frozen=True, slots=True)
class Application:
    """One application. Paths are relative to its folder.

    `command` starts it for production, `development` with reloading, as one shell command. `build`
    is "" where nothing is built; `output` is then the folder of what comes of it. `generate` is run
    once the packages are there, on what lies in the folder `schema`. `packages` are missing from
    the manifest and still needed to serve; with `with_development` those for development are needed
    too. `path` is where Python looks for modules beside the folder itself. `libraries` are packages
    of the system. `notes` are what a person should look at.
    """

    name: str
    language: str
    version: str
    install: Install
    command: tuple[str, ...]
    development: str
    port: int
    reads_port: bool = False
    build: str = ""
    output: str = ""
    generate: str = ""
    schema: str = ""
    path: str = ""
    packages: tuple[str, ...] = ()
    build_libraries: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    needs_glibc: bool = False
    with_development: bool = False
    notes: tuple[str, ...] = ()


def project_of(situation: Situation, asked: Asked) -> Project | Refused:
    """The project, seen from the application that is meant; refused when it may be several."""
    stacks = _serving(situation)
    if not stacks:
        return Refused(
            "no application is found here; it would need sources with a server, and a manifest such"
            " as package.json, pyproject.toml or requirements.txt that names its packages"
        )
    if situation.target.file and situation.stack in stacks:
        return Project(situation)
    named = [it for it in stacks if _is_named(it, asked)]
    chosen = named if len(named) == 1 else stacks
    if len(chosen) > 1:
        listed = ", ".join(f"{it.app} ({it.root or '.'})" for it in chosen)
        return Refused(f"there are several applications: {listed}; say which by its name or folder")
    return Project(replace(situation, stack=chosen[0]))


def slug(project: Project) -> str:
    """The application's name as images, containers and clusters can bear it."""
    name = project.situation.stack.app.rpartition("/")[2].lower()
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:40].strip("-") or "app"


def _serving(situation: Situation) -> list[Stack]:
    stacks = [it for it in situation.backend.stacks if it.languages]
    answering = {it.app for it in situation.backend.routes}
    return [it for it in stacks if it.app in answering] or stacks


def _is_named(stack: Stack, asked: Asked) -> bool:
    names = {stack.app.lower(), posixpath.basename(stack.root).lower()}
    return any(name and set(re.findall(r"[a-z0-9]+", name)) <= set(asked.words) for name in names)
