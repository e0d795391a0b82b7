"""How a Node application runs: the scripts of its package.json, its build, its port."""

from __future__ import annotations

import posixpath
import re
import shlex
from dataclasses import dataclass, replace
from typing import Any

from backwright.recipes.infrastructure.application import Application, slug
from backwright.recipes.infrastructure.asked import Asked
from backwright.recipes.infrastructure.managers import install_of, managers
from backwright.recipes.infrastructure.present import first_present
from backwright.recipes.infrastructure.reading import listening
from backwright.recipes.infrastructure.versions import node_version
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project

_PORT = 3000
_SCRIPTS = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
_RUNNERS = ("tsx", "ts-node", "ts-node-dev", "nodemon", "node-dev", "babel-node", "esno")
_ASSIGNMENT = re.compile(r"^[A-Za-z_]\w*=")
_SHELL = re.compile(r"[|&;<>`$()]")
_GLIBC = frozenset(
    {"canvas", "oracledb", "onnxruntime-node", "@tensorflow/tfjs-node", "puppeteer", "playwright"}
)
_LINKED = ("workspace:", "file:", "link:", "portal:")
_FILES = re.compile(r"\b(?:express\.static|sendFile|readFile(?:Sync)?|'views'|\"views\")")


@dataclass(frozen=True, slots=True)
class _Package:
    """The application's package.json and tsconfig.json."""

    project: Project
    content: dict[str, Any]
    scripts: dict[str, str]
    options: dict[str, Any]

    @property
    def root(self) -> str:
        return self.project.situation.stack.root

    @property
    def out(self) -> str:
        return posixpath.normpath(str(self.options.get("outDir") or "dist"))

    @property
    def is_typescript(self) -> bool:
        return "typescript" in self.project.situation.stack.languages

    def has(self, path: str) -> bool:
        return self.project.situation.document(posixpath.join(self.root, path)) is not None

    def declares(self, *names: str) -> bool:
        stack = self.project.situation.stack
        return any(it in stack.dependencies or it in stack.dev_dependencies for it in names)


@dataclass(frozen=True, slots=True)
class _Start:
    """`source` is the file it begins with before anything is built, "" when it is not known."""

    command: tuple[str, ...]
    build: str = ""
    output: str = ""
    source: str = ""
    with_development: bool = False
    notes: tuple[str, ...] = ()


def read(project: Project, asked: Asked) -> Application | Refused:
    stack = project.situation.stack
    path = posixpath.join(stack.root, "package.json")
    content = project.configs.json(path)
    if not content:
        return Refused(
            f"no package.json describes the application in {stack.root or 'this folder'}"
        )
    schema = _schema(project)
    linked = [it for it, wanted in stack.dependencies.items() if wanted.startswith(_LINKED)]
    if linked:
        return Refused(
            f"{stack.app} depends on {linked[0]} of the same workspace; the template knows"
            " applications that are installed by themselves"
        )
    package = _Package(project, content, _scripts(content), _options(project, stack.root))
    started = _start(package)
    if isinstance(started, Refused):
        return started
    found = listening(project)
    notes = list(started.notes)
    if not found.port:
        notes.append(f"no port is written in the code; {_PORT} is taken for it")
    if not _handles_sigterm(project):
        notes.append(
            "the code does not handle SIGTERM, which a container is stopped with: have it close its"
            " server then, or run it under an init process (docker run --init)"
        )
    if found.local:
        notes.append(f"{found.file} listens on this machine's own address alone: use 0.0.0.0")
    install = install_of(
        project.situation, _manager(package), exact_version=_manager_version(content)
    )
    if "prepare" in package.scripts:
        # It is for who develops, with packages (husky, a compiler) that are not there then.
        production = f"npm pkg delete scripts.prepare && {install.production}"
        install = replace(install, production=production)
    if hook := next((it for it in ("preinstall", "postinstall") if it in package.scripts), ""):
        notes.append(f"{hook} of package.json runs before the sources are copied into the image")
    if not install.lock:
        notes.append(
            "no lock file: each image may get other versions; commit the one that"
            f" `{install.everything}` writes, and run the recipe again"
        )
    return Application(
        name=slug(project),
        language="node",
        version=asked.version or _version(package),
        install=install,
        command=started.command,
        development=_development(package, started, install.run),
        port=found.port or _PORT,
        reads_port="PORT" in stack.env,
        build=started.build and started.build.replace("npm run", install.run),
        output=started.output,
        generate=_generate(package, schema),
        schema=schema,
        libraries=("openssl",) if schema else (),
        with_development=started.with_development,
        needs_glibc=bool(_GLIBC & stack.dependencies.keys()),
        notes=tuple(notes),
    )


def _scripts(content: dict[str, Any]) -> dict[str, str]:
    scripts = content.get("scripts")
    entries = scripts.items() if isinstance(scripts, dict) else ()
    return {name: line for name, line in entries if isinstance(line, str)}


def _options(project: Project, root: str) -> dict[str, Any]:
    for name in ("tsconfig.build.json", "tsconfig.json"):
        path = posixpath.join(root, name)
        content = project.configs.json(path)
        options = content.get("compilerOptions")
        if isinstance(options, dict) and "outDir" in options:
            return options
    options = project.configs.json(posixpath.join(root, "tsconfig.json")).get("compilerOptions")
    return options if isinstance(options, dict) else {}


def _start(package: _Package) -> _Start | Refused:
    line = package.scripts.get("start:prod") or package.scripts.get("start", "")
    words = _words(line)
    source = _source(package)
    if words and words[0] == "node" and (file := _script_of(words)):
        build = _build(package) if not _is_there(package, file) else ""
        if build or _is_there(package, file):
            output = _top(file) if build else ""
            return _Start(tuple(words), build, output, source if build else file)
        return Refused(
            f"package.json starts {file}, which is not there, and has no script `build` for it"
        )
    if words and words[0] == "nest":
        return _Start(("node", f"{package.out}/main.js"), _build(package), package.out, source)
    if words and words[0] not in _RUNNERS and not _SHELL.search(line):
        return _by_script(package, source)
    if line and not words:
        return _by_script(package, source)
    return _by_file(package, words, source)


def _by_script(package: _Package, source: str) -> _Start:
    """A start that is more than one program: npm runs it."""
    note = "npm stands between the container and the application: see that SIGTERM reaches it"
    build = _build(package) if "build" in package.scripts else ""
    return _Start(("npm", "start"), build, "." if build else "", source, notes=(note,))


def _by_file(package: _Package, words: list[str], source: str) -> _Start | Refused:
    """Without a start for production: the file that is named or that listens."""
    if not source:
        return Refused(
            "it is not known how the application starts: package.json has no script `start`, and no"
            " file calls `listen`"
        )
    named = next((it for it in words[1:] if re.search(r"\.[cm]?[jt]s$", it)), "")
    main = str(package.content.get("main") or "")
    candidates = [named, source, main, "server.js", "index.js", "app.js"]
    file = next((it for it in candidates if it and _is_there(package, it)), "")
    file = file and posixpath.normpath(file)
    if not file:
        return Refused(
            "it is not known how the application starts; package.json would need a script `start`"
            " such as `node src/server.js`"
        )
    if not file.endswith(("ts", "mts", "cts")):
        return _Start(("node", file), source=file)
    build = "" if package.options.get("noEmit") else _build(package)
    if build:
        compiled = _compiled(package, file)
        note = f"{compiled} is where the build is expected to put {file}"
        return _Start(("node", compiled), build, package.out, file, notes=(note,))
    if package.declares("tsx"):
        bundled = "tsx" in package.project.situation.stack.dependencies
        note = "the image holds the packages for development: tsx is one of them"
        return _Start(
            ("node", "--import", "tsx", file),
            source=file,
            with_development=not bundled,
            notes=() if bundled else (note,),
        )
    return Refused(
        f"{file} has to be compiled and no script `build` does that; package.json would need one"
        " such as `tsc`"
    )


def _words(line: str) -> list[str]:
    """The program with its arguments, without what sets variables; [] for more than a program."""
    if _SHELL.search(line):
        return []
    try:
        words = shlex.split(line)
    except ValueError:
        return []
    while words and (words[0] in {"cross-env", "env", "exec"} or _ASSIGNMENT.match(words[0])):
        words = words[1:]
    return words


def _script_of(words: list[str]) -> str:
    """The file that `node …` runs."""
    skipped = {"-r", "--require", "--import", "--env-file", "--loader"}
    at = 1
    while at < len(words):
        if words[at] in skipped:
            at += 2
        elif words[at].startswith("-"):
            at += 1
        else:
            return posixpath.normpath(words[at])
    return ""


def _is_there(package: _Package, file: str) -> bool:
    """Node also takes `src/server` for `src/server.js`, and a folder for its index."""
    names = (file, f"{file}.js", f"{file}.cjs", f"{file}.mjs", f"{file}/index.js")
    return any(package.has(it) for it in names)


def _source(package: _Package) -> str:
    """The file in which the application begins to listen."""
    file = listening(package.project).file
    return posixpath.relpath(file, package.root or ".") if file else ""


def _build(package: _Package) -> str:
    if "build" in package.scripts:
        return "npm run build"
    return "npx tsc" if package.declares("typescript") and package.is_typescript else ""


def _compiled(package: _Package, file: str) -> str:
    root = posixpath.normpath(str(package.options.get("rootDir") or _top(file)))
    inside = posixpath.relpath(file, root) if root != "." else file
    return posixpath.join(package.out, re.sub(r"ts$", "js", inside))


def _top(file: str) -> str:
    return file.split("/")[0] if "/" in file else "."


def _development(package: _Package, started: _Start, run: str) -> str:
    for name in ("dev", "start:dev", "develop"):
        if name in package.scripts:
            return f"{run} {name}"
    if started.source and not started.source.endswith("ts"):
        return f"node --watch {started.source}"
    if started.source and package.declares("tsx"):
        return f"node --watch --import tsx {started.source}"
    return shlex.join(started.command)


def _manager(package: _Package) -> str:
    name = package.project.situation.stack.package_manager
    if name == "yarn":
        modern = re.match(r"yarn@(?!1\b)", str(package.content.get("packageManager") or ""))
        return "yarn-berry" if modern or package.has(".yarnrc.yml") else "yarn"
    return name if name in managers() else "npm"


def _manager_version(content: dict[str, Any]) -> str:
    return str(content.get("packageManager") or "").partition("@")[2].partition("+")[0]


def _version(package: _Package) -> str:
    situation = package.project.situation
    for name in (".nvmrc", ".node-version"):
        text = situation.source(first_present(situation, package.root, [name]) or name)
        if found := re.match(r"v?(\d+)", text.strip()):
            return found[1]
    engines = package.content.get("engines")
    return node_version(str(engines.get("node") or "") if isinstance(engines, dict) else "")


def _schema(project: Project) -> str:
    """The folder of the Prisma schema, from which a client is made; "" when there is none."""
    root = project.situation.stack.root
    paths = [it for it in project.situation.paths if it.endswith(".prisma") and project.is_own(it)]
    return posixpath.relpath(posixpath.dirname(min(paths)), root or ".") if paths else ""


def _generate(package: _Package, schema: str) -> str:
    """What has to be made after packages are installed and is no file of the project."""
    if not schema:
        return ""
    stack = package.project.situation.stack
    wanted = {**stack.dev_dependencies, **stack.dependencies}.get("prisma", "")
    version = next(iter(re.findall(r"\d+(?:\.\d+)*", wanted)), "")
    return f"npx --yes prisma{f'@{version}' if version else ''} generate"


def _handles_sigterm(project: Project) -> bool:
    return any("SIGTERM" in project.situation.source(it) for it in project.sources(_SCRIPTS))


def assets_note(project: Project) -> str:
    """A word on files that the code reads while it runs, "" when it reads none."""
    for path in project.sources(_SCRIPTS):
        if found := _FILES.search(project.situation.source(path)):
            return (
                f"{path} reads files ({found[0]}): those beside the build have to be copied into"
                " the last stage too"
            )
    return ""
