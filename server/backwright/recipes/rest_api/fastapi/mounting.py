"""Where routers are mounted in FastAPI, and how another one is."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts.backend import Place, Route
from backwright.recipes.local_imports import python_import, python_module
from backwright.recipes.outcome import Refused
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.text.span import Span

_MOUNT = re.compile(
    r"^(?P<indent>[ \t]*)(?P<owner>[\w.]+)\.include_router\((?P<router>[\w.]+)(?P<rest>[^()]*)\)"
    r"[ \t]*$",
    re.MULTILINE,
)
_OWN = re.compile(r",\s*(?:prefix=[\"'][^\"']*[\"']|tags=\[[^\]]*\])")


@dataclass(frozen=True, slots=True)
class Mount:
    """A statement that mounts a router; the next is mounted behind it."""

    file: str
    end: int
    indent: str
    owner: str
    router: str
    rest: str


def mount_of(project: Project) -> Mount | None:
    """The last statement of the object that mounts the most routers."""
    found: dict[tuple[str, str], list[Mount]] = {}
    for path in project.sources((".py",)):
        source = project.source(path).decode("utf-8", "replace").replace("\r\n", "\n")
        for it in _MOUNT.finditer(source):
            end = len(source[: it.end()].encode())
            rest = _OWN.sub("", it["rest"]).strip().rstrip(",")
            mount = Mount(path, end, it["indent"], it["owner"], it["router"], rest)
            found.setdefault((path, it["owner"]), []).append(mount)
    groups = sorted(found.values(), key=lambda it: -len(it))
    return groups[0][-1] if groups else None


def mounted(
    project: Project, mount: Mount | None, routers: list[tuple[str, str]]
) -> list[Unit] | Refused:
    """The units that mount the routers, each given by the name of its resource and its file."""
    if mount is None:
        return _on_app(project, routers)
    edits, units = "", []
    for name, file in routers:
        code, statement = _named(project, mount.file, mount.router, name, file)
        edits += f"\n{mount.indent}{mount.owner}.include_router({code}{mount.rest})"
        units.append(Unit(mount.file, "imports", text=statement))
    source = project.source(mount.file)
    at = Span(mount.end, mount.end)
    return [*edited_lines(mount.file, source, [Edit(at, edits)]), *units]


def _named(project: Project, file: str, like: str, name: str, target: str) -> tuple[str, str]:
    """What a router is called in `file`, and the import for that."""
    if "." in like:  # of a module
        module = python_module(project, file, target)
        package, _, stem = module.rpartition(".")
        dots = "." * (len(module) - len(module.lstrip(".")))
        package = package if package.strip(".") else dots or package
        return f"{stem}.router", f"from {package or '.'} import {stem}\n"
    alias = f"{name}_router"
    return alias, python_import(project, file, target, "router", alias)


def _on_app(project: Project, routers: list[tuple[str, str]]) -> list[Unit] | Refused:
    apps = [it for it in project.made("fastapi.FastAPI") if not it.scope]
    if not apps:
        return Refused("the app is made in a function that mounts no router yet; mount one first")
    app, units = apps[0], []
    for name, file in routers:
        statement = python_import(project, app.place.file, file, "router", f"{name}_router")
        units.append(Unit(app.place.file, "imports", text=statement))
        units.append(
            Unit(app.place.file, "append", text=f"{app.name}.include_router({name}_router)")
        )
    return units


def prefix_of(project: Project, mount: Mount | None, routes: list[Route]) -> str:
    """What stands in front of the paths of a router that is mounted there."""
    if mount is None:
        return ""
    given = re.search(r"prefix=[\"']([^\"']*)", mount.rest)
    own = given[1] if given else ""
    prefixes = {
        it.name: re.search(rb"prefix\s*=\s*[\"']([^\"']*)", _statement(project, it.place))
        for it in project.made("fastapi.APIRouter")
        if it.place.file == mount.file and it.name == mount.owner
    }
    inner = next((it[1].decode() for it in prefixes.values() if it is not None), "")
    files = {it.handler_place.file for it in routes if posixpath.dirname(it.handler_place.file)}
    above = [it.path for it in routes if it.handler_place.file in files]
    at = min((path.find(inner) for path in above if inner and inner in path), default=0)
    before = next((path[:at] for path in above if inner in path), "") if at > 0 else ""
    return f"{before}{inner}{own}"


def _statement(project: Project, place: Place) -> bytes:
    return project.source(place.file)[place.start : place.end]
