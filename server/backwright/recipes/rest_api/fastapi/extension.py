"""A REST API in a project in FastAPI that is there: new files beside those of their kind."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from backwright.edits.units import Unit
from backwright.facts.backend import Route
from backwright.recipes.guarding.naming import imports_of
from backwright.recipes.guarding.usage import Usage
from backwright.recipes.local_imports import python_import
from backwright.recipes.outcome import AlreadyDone, Refused
from backwright.recipes.project import Project
from backwright.recipes.rest_api import spelling
from backwright.recipes.rest_api.fastapi.added_tests import added_tests
from backwright.recipes.rest_api.fastapi.home import Home, Written, folder_pattern, home_of
from backwright.recipes.rest_api.fastapi.mounting import mount_of, mounted, prefix_of
from backwright.recipes.rest_api.files import Extension
from backwright.recipes.rest_api.python.columns import plain_model
from backwright.recipes.rest_api.python.schemas import nested_schema, plain_schemas
from backwright.recipes.rest_api.python.source import WIDTH, module
from backwright.recipes.rest_api.render import renderer
from backwright.recipes.rest_api.resources import Api, Resource
from backwright.recipes.rest_api.standing import ALL, operations, routes_of

_MOMENTS = {"created_at": "default=func.now()", "updated_at": "default=func.now()"}
_SUFFIXES = {"Read": "Read", "Create": "Create", "Update": "Update"}


@dataclass(frozen=True, slots=True)
class _Places:
    """Files for the parts of one resource."""

    model: str
    schemas: str
    router: str


def extend(project: Project, api: Api) -> Extension | AlreadyDone | Refused:
    routes = routes_of(project.situation, project.situation.stack)
    home = home_of(project, routes)
    if isinstance(home, Refused):
        return home
    if any(it.peers for it in api.resources):
        names = spelling.listed([it.words for it in api.resources if it.peers])
        return Refused(f"many-to-many of {names} is not served in a project that is there yet")
    writer = _Writer(project, home, routes)
    lacking = _lacking(writer, api)
    if not isinstance(lacking, list):
        return lacking
    units: list[Unit] = []
    for it in lacking:
        written = writer.units(it)
        if isinstance(written, Refused):
            return written
        units += written
    mount = mount_of(project)
    routers = [(it.plural, writer.places(it).router) for it in lacking]
    statements = mounted(project, mount, routers)
    if isinstance(statements, Refused):
        return statements
    prefix = prefix_of(project, mount, routes)
    whole = [it for it in lacking if not operations(it, routes)]
    tests = added_tests(project, whole, prefix, paged=home.paging is not None)
    paths = spelling.listed([f"{prefix}/{it.path}" for it in lacking])
    return Extension(
        (*units, *statements, *tests.units),
        f"{_five(lacking, routes)} at {paths}, mounted in"
        f" {statements[0].path if statements else 'the app'}, in the project's own style",
        unserved=tests.unserved,
        next_steps=writer.steps(lacking),
        review=writer.review(routes),
    )


def _five(lacking: list[Resource], routes: list[Route]) -> str:
    if not any(operations(it, routes) for it in lacking):
        return "Five operations each" if len(lacking) > 1 else "Five operations"
    return "What is lacking"


def _lacking(writer: _Writer, api: Api) -> list[Resource] | AlreadyDone | Refused:
    """The resources that get endpoints; those that have some are only referred to by others."""
    routes = writer.routes
    lacking = [it for it in api.resources if operations(it, routes) < ALL]
    begun = [it for it in lacking if operations(it, routes)]
    if len(begun) < len(api.resources):
        lacking = [it for it in lacking if it not in begun]
        return lacking or AlreadyDone("what the request is about is served already")
    # What is there keeps its file; what it lacks goes into one of its own.
    free = [it for it in lacking if not writer.project.source(writer.places(it).router).strip()]
    told = [f"{it.words} ({', '.join(sorted(operations(it, routes)))})" for it in begun]
    return free or Refused(
        f"there is some of it already: {spelling.listed(told)}; have the rest written there by a"
        " model, or move those endpoints"
    )


@dataclass(slots=True)
class _Writer:
    project: Project
    home: Home
    routes: list[Route]
    packages: dict[str, str] = field(default_factory=dict)

    def units(self, it: Resource) -> list[Unit] | Refused:
        places = self.places(it)
        present = self._present(it)
        units = []
        if not present:
            units += self._model(it, places.model)
        units += self._schemas(it, places.schemas, has_moments=self._moments(it))
        router = self._router(it, places)
        return router if isinstance(router, Refused) else [*units, *router]

    def places(self, it: Resource) -> _Places:
        routers = [
            route.handler_place.file
            for route in self.routes
            if route.framework == "fastapi" and route.handler_place.file.endswith(".py")
        ]
        apps = {made.place.file for made in self.project.made("fastapi.FastAPI")}
        routers = [file for file in routers if file not in apps]
        beside = posixpath.dirname(next(iter(apps), ""))
        router = folder_pattern(routers, it.name, it.plural)
        folder = posixpath.dirname(routers[0]) if routers else posixpath.join(beside, "routers")
        router = router or posixpath.join(folder, f"{it.plural}.py")
        return _Places(self._model_file(it), self._schema_file(it, router), router)

    def steps(self, lacking: list[Resource]) -> tuple[str, ...]:
        new = [it for it in lacking if not self._present(it)]
        if new and "alembic" in self.project.situation.stack.dependencies:
            return ('alembic revision --autogenerate -m "Add tables"', "alembic upgrade head")
        return ()

    def review(self, routes: list[Route]) -> tuple[str, ...]:
        guards = sorted({guard.name for it in routes for guard in it.guards})
        if not guards:
            return ()
        return (
            f"other endpoints are guarded by {', '.join(guards[:3])}; the new ones are open until"
            " `add-authentication` is run on them",
        )

    def _present(self, it: Resource) -> str:
        """The file of the project's own model of the entity; "" where there is none."""
        for model in self.home.models:
            if model.name in {it.entity.model, it.kind} or model.table == it.table:
                return model.place.file
        return ""

    def _model_file(self, it: Resource) -> str:
        if present := self._present(it):
            return present
        files = [model.place.file for model in self.home.models]
        pattern = folder_pattern(files, it.name, it.plural)
        if pattern or files:
            return pattern or files[-1]
        return posixpath.join(posixpath.dirname(self.home.base.file), "models.py")

    def _schema_file(self, it: Resource, router: str) -> str:
        files = []
        for route in self.routes:
            for name in (route.request_model, route.response_model):
                bare = re.sub(r".*\[|\].*", "", name)
                file = route.handler_place.file
                found = self.project.definitions.find(file, bare) if bare else None
                if found is not None and found.kind == "class":
                    files.append(found.place.file)
        models = {model.place.file for model in self.home.models}
        files = [file for file in files if file not in models] or files
        pattern = folder_pattern(files, it.name, it.plural)
        if pattern or files:
            return pattern or files[-1]
        return posixpath.join(posixpath.dirname(posixpath.dirname(router)), "schemas.py")

    def _model(self, it: Resource, file: str) -> list[Unit]:
        moments = self._moment_lines()
        piece = plain_model(it, self.home.base.code, moments)
        lines = [*piece.imports, *self._imports(file, [self.home.base, *self._moment_code()])]
        if "func.now()" in piece.text:
            lines.append("from sqlalchemy import DateTime, func")
        units = _put(self.project, file, piece.text, lines)
        init = posixpath.join(posixpath.dirname(file), "__init__.py")
        exported = self.packages.get(init, self.project.situation.source(init))
        if init != file and re.search(r"^from \S+ import [A-Z]", exported, re.MULTILINE):
            units.append(
                Unit(init, "imports", text=python_import(self.project, init, file, it.kind))
            )
            if unit := _exported(init, exported, it.kind):
                self.packages[init] = exported.replace(unit.search, unit.text)
                units.append(unit)
        return units

    def _moment_lines(self) -> list[str]:
        """The lines by which another model of the project keeps when it was made and changed."""
        return [line for line in self._shown_moments() if line]

    def _shown_moments(self) -> list[str]:
        for model in self.home.models:
            source = self.project.situation.source(model.place.file).splitlines()
            found = [
                source[one.line - 1]
                for one in model.fields
                if one.name in _MOMENTS and 0 < one.line <= len(source)
            ]
            if found and all(line.rstrip().endswith((")", "]")) for line in found):
                return found
        return []

    def _moment_code(self) -> list[Written]:
        for model in self.home.models:
            source = self.project.situation.source(model.place.file).splitlines()
            if any(line in source for line in self._shown_moments()):
                return [
                    Written(re.sub(r"^\s*\w+\s*[:=]", "", line), model.place.file)
                    for line in self._shown_moments()
                ]
        return []

    def _moments(self, it: Resource) -> tuple[str, ...]:
        for model in self.home.models:
            if model.place.file == self._present(it) and model.name in {it.entity.model, it.kind}:
                return tuple(name for name in _MOMENTS if model.field(name))
        return tuple(
            name for name in _MOMENTS if any(name in line for line in self._moment_lines())
        )

    def _schemas(self, it: Resource, file: str, *, has_moments: tuple[str, ...]) -> list[Unit]:
        piece = plain_schemas(it, moments=has_moments)
        defined = self.project.names(file)
        classes = [
            text
            for text in self._renamed(it, piece.text).split("\n\n\n")
            if text.split("(")[0].removeprefix("class ") not in defined
        ]
        if not any(f"({it.kind}Base)" in text for text in classes):
            classes = [text for text in classes if not text.startswith(f"class {it.kind}Base(")]
        text = "\n\n\n".join(classes)
        lines = [_of_used(line, text) for line in piece.imports]
        return _put(self.project, file, text, lines) if classes else []

    def _renamed(self, it: Resource, text: str) -> str:
        for kind, suffix in self._suffixes().items():
            text = re.sub(rf"\b{it.kind}{kind}\b", f"{it.kind}{suffix}", text)
        return text

    def _suffixes(self) -> dict[str, str]:
        """How the project's own schemas end that are sent and answered."""
        found = dict(_SUFFIXES)
        names = {it.name for it in self.home.models}
        for route in self.routes:
            sent = _bare(route.request_model)
            shown = _bare(route.response_model)
            for name in names:
                if route.method == "POST" and sent.startswith(name) and sent != name:
                    found["Create"] = sent.removeprefix(name)
                if route.method in {"PUT", "PATCH"} and sent.startswith(name) and sent != name:
                    found["Update"] = sent.removeprefix(name)
                if shown.startswith(name) and shown != name:
                    found["Read"] = shown.removeprefix(name)
        distinct = len(set(found.values())) == len(found) and "Base" not in found.values()
        return found if distinct else dict(_SUFFIXES)

    def _router(self, it: Resource, places: _Places) -> list[Unit] | Refused:
        home, suffixes = self.home, self._suffixes()
        session, is_async = home.session_name, home.is_async
        paging = home.paging
        listed = paging.wrapper.code if paging is not None else "list"
        missing = self._missing()
        secret = any(one.type == "password" for one in it.fields)
        if secret:
            return Refused(
                f"{it.words} has a password, and how this project hashes passwords is not known to"
                " the built-in template; leave it out, or configure a model to have it written"
            )
        rendered = renderer(__file__)(
            "added_router.py.j2",
            it=it,
            ops=ALL - operations(it, self.routes),
            order=_ordered,
            session=session,
            session_param=home.session.code,
            session_type="AsyncSession" if is_async else "Session",
            paging=[paging.parameter.code] if paging is not None else list(_LIMITS),
            filters=[f"{link.key}: int | None = None" for link in it.links],
            listed=listed,
            fetch=self._fetch(),
            missing=missing,
            conflict=home.conflict.code if home.conflict is not None else _CONFLICT,
            nested_schema=self._renamed(it, nested_schema(it)),
            read=suffixes["Read"],
            create=suffixes["Create"],
            update=suffixes["Update"],
            **{"async": is_async},
        )
        used = [home.session]
        used += [paging.parameter, paging.wrapper, paging.call] if paging is not None else []
        used += [it for it in (home.missing, home.conflict) if it is not None]
        lines = self._imports(places.router, used)
        names = [f"{it.kind}{suffixes[kind]}" for kind in _SUFFIXES]
        names += [self._renamed(it, nested_schema(it))] if it.owner is not None else []
        names = [name for name in names if re.search(rf"\b{name}\b", rendered)]
        project = self.project
        lines += [python_import(project, places.router, places.schemas, name) for name in names]
        for one in {it.name: it, **{link.target.name: link.target for link in it.links}}.values():
            file = self._model_file(one)
            lines.append(python_import(project, places.router, file, one.kind))
        lines += [
            "from typing import Any",
            f"from fastapi import {', '.join(_fastapi_names(rendered))}",
            "from sqlalchemy import select" if "select(" in rendered else "",
            "from sqlalchemy.exc import IntegrityError" if "IntegrityError" in rendered else "",
            "from sqlalchemy.ext.asyncio import AsyncSession"
            if is_async
            else "from sqlalchemy.orm import Session",
        ]
        return _put(project, places.router, rendered, lines, is_new=True)

    def _fetch(self) -> str:
        home = self.home
        aw = "await " if home.is_async else ""
        if home.paging is not None:
            code = re.sub(rf"\b{home.paging.query}\b", "query", home.paging.call.code)
            return f"{aw}{code}"
        session = home.session_name
        fetched = f"{aw}{session}.scalars(query.limit(limit).offset(offset))"
        return f"({fetched}).all()" if aw else f"{fetched}.all()"

    def _missing(self) -> Callable[[Resource], str]:
        missing = self.home.missing

        def said(it: Resource) -> str:
            words = it.words.capitalize()
            if missing is None:
                return f'HTTPException(404, "{words} not found")'
            return missing.code.replace("{0}", words).replace("{1}", it.words)

        return said

    def _imports(self, target: str, used: list[Written]) -> list[str]:
        """The imports by which a file can say what others say."""
        lines: list[str] = []
        for it in used:
            code = re.sub(r"[\"'][^\"']*[\"']", "", it.code)
            usage = Usage(code, it.file, "annotation", "")
            found = imports_of(self.project, [usage], target)
            if isinstance(found, Refused):
                continue
            lines += [unit.text.strip() for unit in found]
        return lines


def _exported(file: str, source: str, name: str) -> Unit | None:
    """The unit that adds a name to `__all__`, in its order."""
    listed = re.search(r"^__all__ = \[([^\]]*)\]\n", source, re.MULTILINE)
    if listed is None:
        return None
    names = [*re.findall(r"[\"'](\w+)[\"']", listed[1]), name]
    shown = [f'"{it}"' for it in (sorted(names) if names[:-1] == sorted(names[:-1]) else names)]
    line = f"__all__ = [{', '.join(shown)}]\n"
    if "\n" in listed[1] or len(line) > WIDTH:
        line = "__all__ = [\n" + "".join(f"    {it},\n" for it in shown) + "]\n"
    return Unit(file, "edit", search=listed[0], text=line)


_CONFLICT = 'HTTPException(409, "This conflicts with what is stored already")'
_LIMITS = (
    "limit: Annotated[int, Query(ge=1, le=100)] = 20",
    "offset: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0",
)


def _ordered(parameters: list[str]) -> list[str]:
    """Those with a default behind the others."""
    return sorted(parameters, key=lambda it: "=" in re.sub(r"\([^)]*\)|\[[^\]]*\]", "", it))


def _fastapi_names(text: str) -> list[str]:
    names = ("APIRouter", "HTTPException", "Query", "Depends")
    return [it for it in names if re.search(rf"\b{it}\(", text)]


def _bare(model: str) -> str:
    """The class that an endpoint names: `Page[schemas.BookRead]` is about `BookRead`."""
    return re.sub(r".*\[|\].*", "", model).rpartition(".")[2]


def _of_used(statement: str, text: str) -> str:
    """An import of those names alone that the text uses."""
    head, _, names = statement.partition(" import ")
    if not names:
        return statement
    used = [it for it in names.split(", ") if re.search(rf"\b{it}\b", text)]
    return f"{head} import {', '.join(used)}" if used else ""


def _put(
    project: Project, file: str, text: str, lines: list[str], *, is_new: bool = False
) -> list[Unit]:
    """The units that put code with its imports into a file, which may be there already."""
    if "Annotated[" in text:
        lines = [*lines, "from typing import Annotated"]
    lines = [it.strip() for it in lines if it.strip()]
    present = project.situation.source(file)
    if not present.strip():
        tops = {it.partition("/")[0].removesuffix(".py") for it in project.situation.paths}
        return [Unit(file, "create", text=module(text, lines, " ".join(tops)))]
    merged = "".join(f"{it}\n" for it in dict.fromkeys(lines))
    return [Unit(file, "append", text=f"\n\n{text.strip()}\n"), Unit(file, "imports", text=merged)]
