"""What a project in FastAPI shows of its habits: where new code belongs and how it is written."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from backwright.facts import walk
from backwright.facts.backend import Model, Route
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project
from backwright.recipes.python_code import PythonFunction, function_in, parameter_name
from backwright.syntax.tree import text

_SESSION = re.compile(r"\b(?:Async)?Session\b")
_GIVEN = re.compile(r"\b(?:Depends|Security)\(")
_PAGED = re.compile(r"response_model\s*=\s*(\w+)\[(\w+)\]")
_RETURNED = re.compile(r"\n\s+return ((?:await )?([\w.]+)\(([\w, ]*)\))\s*$")
_QUERY = re.compile(r"^\s+(\w+) = (?:\w+\.)?select\(", re.MULTILINE)
_RAISED = re.compile(r"\braise ((\w[\w.]*)\(([^\n]*)\))[ \t]*$", re.MULTILINE)


_NOT_FOUND = re.compile(r"404|not_?found", re.IGNORECASE)
_CONFLICT = re.compile(r"409|conflict", re.IGNORECASE)
_TEXT = re.compile(r"[\"'][^\"']*[\"']")


@dataclass(frozen=True, slots=True)
class Written:
    """Code of a file, to be said in another one as well."""

    code: str
    file: str


@dataclass(frozen=True, slots=True)
class Paging:
    """How lists are cut into pages: a parameter, the call that fetches, and what wraps it."""

    parameter: Written
    call: Written
    wrapper: Written
    query: str


@dataclass(frozen=True, slots=True)
class Home:
    """`session` is the parameter by which handlers get it; `base` the class of models."""

    session: Written
    is_async: bool
    base: Written
    models: tuple[Model, ...]
    missing: Written | None
    conflict: Written | None
    paging: Paging | None
    example: Route | None

    @property
    def session_name(self) -> str:
        return self.session.code.partition(":")[0].strip()


def home_of(project: Project, routes: list[Route]) -> Home | Refused:
    """The habits of the project; refused where it keeps nothing in a database that is known."""
    models = tuple(
        it
        for it in project.situation.backend.models
        if it.table and it.kind == "sqlalchemy" and project.is_own(it.place.file)
    )
    if any(it.kind == "sqlmodel" and it.table for it in project.situation.backend.models):
        return Refused("models in SQLModel are not served by the built-in templates yet")
    base = _base(project, models)
    session = _session(project, routes)
    if base is None or session is None:
        what = "declarative base" if base is None else "dependency that gives a session"
        return Refused(
            f"this project has no {what} of SQLAlchemy that could be found; resources are kept in"
            " a database: add one, or configure a model to have it written"
        )
    return Home(
        session=session[0],
        is_async=session[1],
        base=base,
        models=models,
        missing=_missing(project, models),
        conflict=_conflict(project),
        paging=_paging(project, routes, session[0].code.partition(":")[0].strip()),
        example=_example(routes),
    )


def functions(project: Project, routes: list[Route]) -> Iterator[tuple[Route, PythonFunction]]:
    for route in routes:
        place = route.handler_place
        if not place.file.endswith(".py"):
            continue
        found = function_in(project.source(place.file), place.start, place.end)
        if found is not None:
            yield route, found


def _example(routes: list[Route]) -> Route | None:
    """An endpoint that creates something and tells its schemas."""
    creating = [it for it in routes if it.method == "POST" and it.request_model]
    plain = [it for it in creating if it.response_model]
    return next(iter([*plain, *creating]), None)


def _base(project: Project, models: tuple[Model, ...]) -> Written | None:
    """The base that models extend, else one that nothing extends yet."""
    shared: Counter[tuple[str, str]] = Counter()
    for model in models:
        facts = project.facts(model.place.file)
        for it in facts.classes if facts is not None else ():
            if it.qualname == model.name and it.bases:
                name = walk.dotted(it.bases[-1].value)
                shared[name, model.place.file] += 1
    for (name, file), _ in shared.most_common(1):
        return Written(name, file)
    for path in project.sources((".py",)):
        found = project.facts(path)
        for it in found.classes if found is not None else ():
            origins = {project.origin(path, walk.dotted(base.value)) for base in it.bases}
            if "sqlalchemy.orm.DeclarativeBase" in origins:
                return Written(it.name, path)
    return None


def _session(project: Project, routes: list[Route]) -> tuple[Written, bool] | None:
    """The parameter by which most handlers get a session, and whether that is asynchronous."""
    seen: Counter[tuple[str, str]] = Counter()
    whole: dict[str, str] = {}
    for route, function in functions(project, routes):
        file = route.handler_place.file
        for parameter in function.parameters:
            code = text(parameter)
            expanded = _expanded(project, file, code)
            if _SESSION.search(expanded) and _GIVEN.search(expanded):
                seen[code, file] += 1
                whole[code] = expanded
    for (code, file), _ in seen.most_common(1):
        return Written(code, file), "AsyncSession" in whole[code]
    for path in project.sources((".py",)):
        facts = project.facts(path)
        source = project.source(path)
        for it in facts.functions if facts is not None else ():
            body = source[it.start : it.end].decode("utf-8", "replace")
            if it.qualname == it.name and "yield" in body and "ession" in body:
                kind = "AsyncSession" if it.is_async else "Session"
                return Written(f"session: {kind} = Depends({it.name})", path), it.is_async
    return None


def _expanded(project: Project, file: str, code: str) -> str:
    """A parameter with what its annotation is an alias of."""
    annotation = code.partition(":")[2].partition("=")[0].strip()
    if not re.fullmatch(r"[\w.]+", annotation):
        return code
    found = project.definitions.find(file, annotation)
    if found is None or found.kind in {"class", "function"}:
        return code
    place = found.place
    return f"{code} {project.source(place.file)[place.start : place.end].decode()}"


def _missing(project: Project, models: tuple[Model, ...]) -> Written | None:
    """How most of the code says that something is not there; `{0}` stands for its name in words."""
    seen: Counter[tuple[str, str]] = Counter()
    for path in project.sources((".py",)):
        for code, callee, given in _RAISED.findall(project.situation.source(path)):
            if not _means(project, path, callee, f"{callee}{given}", _NOT_FOUND):
                continue
            if (general := _general(code, models)) is not None:
                seen[general, path] += 1
    for (code, path), _ in seen.most_common(1):
        return Written(code, path)
    return None


def _conflict(project: Project) -> Written | None:
    """How the code says that something conflicts, where it has an exception for that."""
    for path in project.sources((".py",)):
        for _, callee, given in _RAISED.findall(project.situation.source(path)):
            if _TEXT.fullmatch(given) and _means(project, path, callee, callee, _CONFLICT):
                said = '"This conflicts with what is stored already"'
                return Written(f"{callee}({said})", path)
    return None


def _means(project: Project, path: str, callee: str, code: str, status: re.Pattern[str]) -> bool:
    """Whether what is raised says so itself, or its class does."""
    if status.search(code):
        return True
    found = project.definitions.find(path, callee)
    if found is None or found.kind != "class":
        return False
    place = found.place
    body = project.source(place.file)[place.start : place.end].decode("utf-8", "replace")
    return status.search(body) is not None


def _general(code: str, models: tuple[Model, ...]) -> str | None:
    """The code with `{0}` in place of the model that it names in a string; None where it says
    something else as well."""
    if "{" in code or code.count("(") > 1:
        return None
    for model in sorted(models, key=lambda it: -len(it.name)):
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", model.name)
        for word in (model.name, words, words.lower(), words.capitalize()):
            pattern = rf"([\"'][^\"']*)\b{re.escape(word)}\b"
            if re.search(pattern, code):
                mark = "{0}" if word[0].isupper() else "{1}"
                return re.sub(pattern, rf"\g<1>{mark}", code, count=1)
    return None


def _paging(project: Project, routes: list[Route], session: str) -> Paging | None:
    for route, function in functions(project, routes):
        file = route.handler_place.file
        decorated = " ".join(text(it) for it in function.decorators)
        code = text(function.node)
        paged, returned = _PAGED.search(decorated), _RETURNED.search(code)
        query = _QUERY.search(code)
        if route.method != "GET" or paged is None or returned is None or query is None:
            continue
        given = [it.strip() for it in returned[3].split(",")]
        named = {parameter_name(it): text(it) for it in function.parameters}
        others = [it for it in (*given, returned[2].partition(".")[0]) if it in named]
        others = [it for it in dict.fromkeys(others) if it != session]
        if set(given) <= {*named, query[1]} and query[1] in given and len(others) == 1:
            return Paging(
                parameter=Written(named[others[0]], file),
                call=Written(returned[1].removeprefix("await "), file),
                wrapper=Written(paged[1], file),
                query=query[1],
            )
    return None


def folder_pattern(files: list[str], singular: str, plural: str) -> str:
    """What a new file beside `files` is called, "" where they all lie in one."""
    distinct = [it for it in dict.fromkeys(files) if posixpath.basename(it) != "__init__.py"]
    folders = Counter(posixpath.dirname(it) for it in distinct)
    if len(distinct) < 2 and not _is_one_of_many(distinct):
        return ""
    folder = folders.most_common(1)[0][0]
    stems = [posixpath.splitext(posixpath.basename(it))[0] for it in distinct]
    many = sum(it.endswith("s") for it in stems) * 2 >= len(stems)
    return posixpath.join(folder, f"{plural if many else singular}.py")


def _is_one_of_many(files: list[str]) -> bool:
    """Whether the only file lies in a folder for its kind, such as `routers/items.py`."""
    names = {"routers", "routes", "endpoints", "api", "models", "schemas", "v1"}
    return bool(files) and posixpath.basename(posixpath.dirname(files[0])) in names
