"""The least that a project without tests needs so that the first ones can be written."""

from __future__ import annotations

import posixpath
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from backwright.edits.units import Unit
from backwright.facts import code, walk
from backwright.facts.backend import Made, Route
from backwright.facts.code import Function
from backwright.index.testfiles import is_test
from backwright.recipes.generate_tests.existing import module_name
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.pytest_recipe import NewSuite
from backwright.recipes.generate_tests.values import Kind
from backwright.recipes.outcome import Refused


def fastapi_suite(project: Project, route: Route) -> NewSuite | Refused:
    """A client of the app, on a database in memory where the app has a session to replace."""
    app = _app(project, "fastapi.FastAPI")
    if isinstance(app, Refused):
        return app
    imports = {_from(project, app.place.file): [app.name]}
    if app.scope:
        return Refused(f"the app is made in `{app.scope}`; a conftest.py with a `client` is needed")
    session = _session(project)
    base = _declarative_base(project)
    values: dict[str, object] = {"app": app.name}
    if session is not None and (session.function.is_async or base is None):
        return Refused("the app's database sessions need a fixture of their own in a conftest.py")
    if session is not None and base is not None:
        imports.setdefault(_from(project, session.file), []).append(session.function.name)
        sqlmodel = "sqlmodel.SQLModel" in project.base_origins(base)
        if not sqlmodel:
            imports.setdefault(_from(project, base.file), []).append(base.name)
        values |= {
            "base": "SQLModel" if sqlmodel else base.name,
            "dependency": session.function.name,
            "sqlmodel": sqlmodel,
        }
    elif any("sqlalchemy" in it or "tortoise" in it for it in project.situation.stack.dependencies):
        return Refused(
            "the app's database can't be replaced; a conftest.py with a `client` is needed"
        )
    return _suite(project, route, "conftest_fastapi.py.j2", imports, values)


_FLASK_FIXTURES = frozenset({"app", "client"})
"""What the fixtures of a new suite are called: what they are made of goes by another name."""


def flask_suite(project: Project, route: Route) -> NewSuite | Refused:
    """A test client, the database in memory where the app takes its address from outside."""
    app = _app(project, "flask.Flask")
    if isinstance(app, Refused):
        return app
    made = app.scope or app.name
    name = "application" if made in _FLASK_FIXTURES else made
    imports = {_from(project, app.place.file): [made if name == made else f"{made} as {name}"]}
    database = next(
        (it for it in project.situation.backend.made if it.origin.endswith("SQLAlchemy")), None
    )
    database = database or _made(project, "flask_sqlalchemy.SQLAlchemy")
    configured = _takes_config(project, app)
    if database is not None:
        if not (app.scope and configured):
            return Refused(
                "the app does not take the address of its database from outside;"
                " a conftest.py with a `client` is needed"
            )
        imports.setdefault(_from(project, database.place.file), []).append(database.name)
    values = {
        "app": name,
        "factory": bool(app.scope),
        "config": bool(app.scope) and configured,
        "database": database.name if database is not None else "",
    }
    return _suite(project, route, "conftest_flask.py.j2", imports, values)


def _suite(
    project: Project,
    route: Route,
    template: str,
    imports: dict[str, list[str]],
    values: dict[str, object],
) -> NewSuite:
    lines = [
        f"from {module} import {', '.join(sorted(it))}" for module, it in sorted(imports.items())
    ]
    text = _templates().get_template(template).render(imports=lines, **values)
    root = _root(project)
    conftest = posixpath.join(root, "conftest.py")
    home = posixpath.join(root, "tests", f"test_{module_name(route)}.py")
    return NewSuite((Unit(conftest, "create", text=text),), "client", home)


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _root(project: Project) -> str:
    root = project.situation.stack.root
    return "" if root == "." else root


def _from(project: Project, file: str) -> str:
    """The module of a file as a conftest.py at the application's root imports it."""
    path = posixpath.relpath(file, _root(project) or ".").removesuffix(".py")
    return path.removesuffix("/__init__").replace("/", ".").removeprefix("src.")


def _app(project: Project, origin: str) -> Made | Refused:
    found = [
        it
        for it in project.situation.backend.made
        if it.origin == origin and not is_test(it.place.file)
    ]
    top = [it for it in found if not it.scope] or found
    if not top:
        return Refused("the app was not found; a conftest.py with a `client` fixture is needed")
    return top[0]


def _made(project: Project, origin: str) -> Made | None:
    for facts in project.sources((".py",)):
        for step in facts.steps:
            if isinstance(step, code.Assign) and isinstance(step.value, code.Call):
                name = walk.dotted(step.value.function)
                if project.origin(facts.path, name) == origin and isinstance(
                    step.target, code.Name
                ):
                    from backwright.facts.backend import Place

                    return Made(step.target.name, origin, Place(facts.path, step.line))
    return None


class _Session:
    def __init__(self, function: Function, file: str) -> None:
        self.function, self.file = function, file


def _session(project: Project) -> _Session | None:
    """The dependency that hands out database sessions."""
    for facts in project.sources((".py",)):
        if is_test(facts.path):
            continue
        for function in facts.functions:
            source = project.situation.source(facts.path).encode()[function.start : function.end]
            if b"yield" in source and b"ession" in source and "." not in function.qualname:
                return _Session(function, facts.path)
    return None


def _declarative_base(project: Project) -> Kind | None:
    for facts in project.sources((".py",)):
        for class_ in facts.classes:
            bases = {project.origin(facts.path, walk.dotted(it.value)) for it in class_.bases}
            if bases & {"sqlalchemy.orm.DeclarativeBase", "sqlmodel.SQLModel"}:
                return Kind(class_.name, facts.path, class_)
        for step in facts.steps:
            if isinstance(step, code.Assign) and isinstance(step.value, code.Call):
                origin = project.origin(facts.path, walk.dotted(step.value.function))
                if origin.endswith("declarative_base") and isinstance(step.target, code.Name):
                    return Kind(step.target.name, facts.path, _no_class(step.target.name))
    return None


def _no_class(name: str) -> code.Class:
    return code.Class(name, name, [], [], [], 0, 0, 0)


def _takes_config(project: Project, app: Made) -> bool:
    """Whether the factory takes a table of settings first."""
    facts = project.facts(app.place.file)
    for function in facts.functions if facts is not None else ():
        if function.qualname == app.scope and function.parameters:
            first = function.parameters[0]
            said = walk.type_text(first.annotation)
            return "dict" in said.lower() or "Mapping" in said or "config" in first.name
    return False
