"""Where new modules and tests go in a project of Python."""

from __future__ import annotations

import posixpath

from backwright.facts.backend import Made
from backwright.index.testfiles import is_test
from backwright.recipes.project import Project

_APPS = ("fastapi.FastAPI", "fastapi.applications.FastAPI", "flask.Flask", "flask.app.Flask")


def app_of(project: Project) -> Made | None:
    """The application object; of several the one in the outermost folder."""
    made = project.made(*_APPS)
    return min(made, key=lambda it: it.place.file.count("/"), default=None)


def home_of(project: Project) -> str:
    """The folder of the application's own package."""
    app = app_of(project)
    if app is not None:
        return posixpath.dirname(app.place.file)
    own = [
        it.place.file for it in project.situation.backend.routes if project.is_own(it.place.file)
    ]
    return posixpath.dirname(min(own, key=lambda it: it.count("/"))) if own else ""


def module_path(project: Project, names: tuple[str, ...]) -> str:
    """The path of a new module with the first free name, in `core` where the project has that."""
    home = home_of(project)
    core = posixpath.join(home, "core")
    if any(posixpath.dirname(it) == core for it in project.sources((".py",))):
        home = core
    paths = [posixpath.join(home, f"{name}.py") for name in names]
    free = [it for it in paths if project.situation.document(it) is None]
    free = [it for it in free if not _is_package(project, it.removesuffix(".py"))]
    return (free or paths[-1:])[0]


def test_path(project: Project, name: str) -> str:
    """The path of a new file of tests, "" where one of that name is there."""
    stack = project.situation.stack
    root = stack.root.strip("/")
    folder = posixpath.join("" if root == "." else root, "tests")
    shown = [
        it
        for it in project.situation.paths
        if it.endswith(".py")
        and is_test(it)
        and project.is_own(it)
        and posixpath.basename(it).startswith("test_")
    ]
    if shown:
        folder = posixpath.dirname(min(shown, key=lambda it: it.count("/")))
    path = posixpath.join(folder, f"test_{name}.py")
    return path if project.situation.document(path) is None else ""


def _is_package(project: Project, folder: str) -> bool:
    return any(it.startswith(f"{folder}/") for it in project.situation.paths)
