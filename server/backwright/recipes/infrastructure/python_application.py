"""How a Python application runs: its app object, the server for it, what it is installed from."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.backend import Made
from backwright.index.stacks.declared import is_development
from backwright.recipes.infrastructure.application import Application, slug
from backwright.recipes.infrastructure.asked import Asked
from backwright.recipes.infrastructure.managers import Install, install_of, managers
from backwright.recipes.infrastructure.present import first_present
from backwright.recipes.infrastructure.reading import listening
from backwright.recipes.infrastructure.versions import python_version
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project

ASGI = (
    "fastapi.FastAPI",
    "fastapi.applications.FastAPI",
    "starlette.applications.Starlette",
    "quart.Quart",
)
WSGI = ("flask.Flask", "flask.app.Flask")
_PORT = 8000
_USUAL = ("wsgi", "asgi", "main", "app", "server", "application", "run", "api", "__init__")
_UVICORN = "uvicorn[standard]>=0.30,<1"
_GUNICORN = "gunicorn>=23,<28"
_LIBRARIES = {
    "psycopg2": (("gcc", "libc6-dev", "libpq-dev"), ("libpq5",)),
    "psycopg": ((), ("libpq5",)),
    "mysqlclient": (
        ("gcc", "libc6-dev", "default-libmysqlclient-dev", "pkg-config"),
        ("libmariadb3",),
    ),
    "pyodbc": (("gcc", "g++", "unixodbc-dev"), ("unixodbc",)),
}


@dataclass(frozen=True, slots=True)
class App:
    """The application object, or with `factory` the function that makes it."""

    file: str
    name: str
    asgi: bool
    factory: bool = False


def read(project: Project, asked: Asked) -> Application | Refused:
    stack = project.situation.stack
    if not stack.manifest:
        return Refused(
            "nothing says which packages the application needs; a requirements.txt or a"
            " pyproject.toml would"
        )
    app = app_of(project)
    if app is None:
        return Refused(
            "no application object is found, such as `app = FastAPI()` or `app = Flask(__name__)`"
            " at the top of a module, or a function that returns one"
        )
    base = _base(project, app.file)
    module = _module(app.file, base)
    found = listening(project)
    port = found.port or _PORT
    command, packages = _command(project, app, module, asked.port or port)
    install = _install(project)
    notes = []
    if packages:
        notes.append(
            f"{packages[0].partition('>')[0].partition('[')[0]} serves the application and is not"
            f" in {stack.manifest}: add it there, and take it out of the Dockerfile"
        )
    if install.manager == "pip" and not re.search(r"==|--hash", _requirements(project)):
        notes.append(f"{stack.manifest} pins no versions: each image may get other ones")
    build_libraries, libraries = _libraries(project)
    inside = posixpath.relpath(base or ".", stack.root or ".")
    return Application(
        name=slug(project),
        language="python",
        version=asked.version or _version(project),
        install=install,
        command=command,
        development=_development(app, module, asked.port or port),
        port=port,
        path="" if inside == "." else inside,
        packages=packages,
        build_libraries=build_libraries,
        libraries=libraries,
        notes=tuple(notes),
    )


def app_of(project: Project) -> App | None:
    """The application that serves: an object of a module before a factory, usual names first."""
    made = [(it, True) for it in project.made(*ASGI)] + [(it, False) for it in project.made(*WSGI)]
    found = [App(it.place.file, it.name, asgi) for it, asgi in made if not it.scope]
    factories = [(it, asgi) for it, asgi in made if it.scope and "." not in it.scope]
    found += [it for made_, asgi in factories for it in _called(project, made_, asgi=asgi)]
    if not found:
        found = [App(it.place.file, it.scope, asgi, factory=True) for it, asgi in factories]
    if not found and (django := _django(project)):
        found = [django]
    return min(found, key=lambda it: _rank(project, it), default=None)


def _called(project: Project, made: Made, *, asgi: bool) -> list[App]:
    """`app = create_app()` at the top of a module."""
    found = []
    for path in project.sources((".py",)):
        facts = project.facts(path)
        for step in walk.steps(facts.steps) if facts is not None else ():
            if not isinstance(step, code.Assign) or not isinstance(step.value, code.Call):
                continue
            name = walk.dotted(step.value.function)
            definition = project.definitions.find(path, name) if name else None
            if (
                isinstance(step.target, code.Name)
                and definition is not None
                and definition.name == made.scope
                and definition.place.file == made.place.file
            ):
                found.append(App(path, step.target.name, asgi))
    return found


def _django(project: Project) -> App | None:
    if not any(it.name == "django" for it in project.situation.stack.frameworks):
        return None
    for name in ("wsgi.py", "asgi.py"):
        for path in project.sources((".py",)):
            if posixpath.basename(path) == name:
                return App(path, "application", asgi=name == "asgi.py")
    return None


def _rank(project: Project, app: App) -> tuple[int, int, int, str]:
    stem = posixpath.splitext(posixpath.basename(app.file))[0]
    usual = _USUAL.index(stem) if stem in _USUAL else len(_USUAL)
    reached = -len(project.reached_from(app.file))
    return (reached, app.file.count("/"), usual, app.file)


def _base(project: Project, file: str) -> str:
    """The folder that absolute imports of the project start from."""
    roots: Counter[str] = Counter()
    for path in project.reached_from(file):
        for it in project.imports(path):
            plain = it.file.removesuffix(".py").removesuffix("/__init__")
            tail = it.module.replace(".", "/")
            if it.file and not it.module.startswith(".") and f"/{plain}".endswith(f"/{tail}"):
                roots[plain.removesuffix(tail).rstrip("/")] += 1
    for root, _ in roots.most_common():
        if not root or file.startswith(f"{root}/"):
            return root
    folder, known = posixpath.dirname(file), set(project.situation.paths)
    while folder and posixpath.join(folder, "__init__.py") in known:
        folder = posixpath.dirname(folder)
    return folder if _is_sources(project, folder) else project.situation.stack.root


def _is_sources(project: Project, folder: str) -> bool:
    """Whether modules are found in the folder without it being a package itself: `src`."""
    root = project.situation.stack.root
    return posixpath.relpath(folder or ".", root or ".") == "src"


def _module(file: str, base: str) -> str:
    inside = posixpath.relpath(file, base or ".").removesuffix(".py").removesuffix("/__init__")
    return inside.replace("/", ".")


def _command(
    project: Project, app: App, module: str, port: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What starts the server, and the package that is missing for it."""
    has = _declared(project)
    if app.asgi:
        factory = ("--factory",) if app.factory else ()
        command = ("uvicorn", f"{module}:{app.name}", *factory, "--host", "0.0.0.0")
        packages = () if "uvicorn" in has else (_UVICORN,)
        return (*command, "--port", str(port)), packages
    called = f"{module}:{app.name}()" if app.factory else f"{module}:{app.name}"
    command = ("gunicorn", "--bind", f"0.0.0.0:{port}")
    # Its heartbeat is a file: in memory, a slow disk can't make it kill a worker.
    command = (*command, "--worker-tmp-dir", "/dev/shm", called)
    return command, () if "gunicorn" in has else (_GUNICORN,)


def _development(app: App, module: str, port: int) -> str:
    if app.asgi:
        factory = " --factory" if app.factory else ""
        return f"uvicorn {module}:{app.name}{factory} --reload --host 0.0.0.0 --port {port}"
    if app.name == "application":
        return f"python manage.py runserver 0.0.0.0:{port}"
    return f"flask --app {module}:{app.name} run --debug --host 0.0.0.0 --port {port}"


def _declared(project: Project) -> set[str]:
    """The packages that are there, those that `fastapi[standard]` brings too."""
    has = set(project.situation.stack.dependencies)
    if re.search(
        r"fastapi(?:-cli)?\[(?:standard|all)",
        project.situation.source(project.situation.stack.manifest),
    ):
        has.add("uvicorn")
    return has


def _requirements(project: Project) -> str:
    return project.situation.source(project.situation.stack.manifest)


def _install(project: Project) -> Install:
    situation = project.situation
    name = situation.stack.package_manager
    install = install_of(situation, name if name in managers() else "pip")
    if install.manager != "pip":
        return install
    root = situation.stack.root
    if path := first_present(
        situation,
        root,
        [
            "requirements.txt",
            "requirements/production.txt",
            "requirements/prod.txt",
            "requirements/base.txt",
        ],
    ):
        return _with_requirements(project, install, posixpath.relpath(path, root or "."))
    command = "pip install ."
    extras = ",".join(_extras(project))
    everything = f'pip install --editable ".[{extras}]"' if extras else "pip install --editable ."
    return Install("pip", (), everything, command, cache=install.cache, whole=True)


def _with_requirements(project: Project, install: Install, path: str) -> Install:
    situation, folder = project.situation, posixpath.dirname(path)
    root = situation.stack.root
    names = [
        *("requirements-dev.txt", "requirements-test.txt", "dev-requirements.txt"),
        *("requirements/dev.txt", "requirements/test.txt", "requirements/local.txt"),
    ]
    development = first_present(situation, root, names)
    dev = posixpath.relpath(development, root or ".") if development else ""
    both = dev and "-r" not in situation.source(development)
    everything = f"pip install -r {path}" + (f" -r {dev}" if both else "")
    if dev and not both:
        everything = f"pip install -r {dev}"
    files = (f"{folder}/",) if folder else (path,)
    return Install("pip", files, everything, f"pip install -r {path}", cache=install.cache)


def _extras(project: Project) -> list[str]:
    """The optional parts of the package that serve development."""
    content = project.configs.toml(project.situation.stack.manifest)
    table = content.get("project")
    extras = table.get("optional-dependencies") if isinstance(table, dict) else None
    return [it for it in extras if is_development(it)] if isinstance(extras, dict) else []


def _version(project: Project) -> str:
    situation = project.situation
    root = situation.stack.root
    text = situation.source(first_present(situation, root, [".python-version"]) or "-")
    if found := re.match(r"\s*(\d+\.\d+)", text):
        return found[1]
    content = project.configs.toml(posixpath.join(root, "pyproject.toml"))
    table = content.get("project")
    wanted = table.get("requires-python") if isinstance(table, dict) else None
    if not wanted:
        tool = content.get("tool")
        poetry = tool.get("poetry") if isinstance(tool, dict) else None
        packages = poetry.get("dependencies") if isinstance(poetry, dict) else None
        wanted = packages.get("python") if isinstance(packages, dict) else None
    return python_version(wanted if isinstance(wanted, str) else "")


def _libraries(project: Project) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Debian packages that Python packages are built with, and those they run with."""
    has = project.situation.stack.dependencies
    binary = {"psycopg": "psycopg-binary"}
    bundled = re.search(r"psycopg\[[^\]]*binary", _requirements(project))
    build: dict[str, None] = {}
    run: dict[str, None] = {}
    for package, (builds, runs) in _LIBRARIES.items():
        if (
            package in has
            and binary.get(package) not in has
            and not (package == "psycopg" and bundled)
        ):
            build.update(dict.fromkeys(builds))
            run.update(dict.fromkeys(runs))
    return tuple(build), tuple(run)
