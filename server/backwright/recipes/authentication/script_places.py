"""Where new modules and tests go in a project of Node, and how they are written there."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass

from backwright.facts import walk
from backwright.index.testfiles import is_test
from backwright.recipes.local_imports import is_module, script_specifier
from backwright.recipes.project import Project
from backwright.recipes.script_style import ScriptStyle, style_of

SUFFIXES = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs")
_STATUS = re.compile(r"^(?:status|statusCode|httpStatus|httpCode)$")
_DETAILS = re.compile(r"^(?:details|data|meta|extra|info|context)$")
_CODES = frozenset({"code", "errorCode"})
_INDENT = re.compile(r"^(?:  )+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Script:
    """How the project writes its modules; `home` is the folder of the application's own module."""

    home: str
    suffix: str
    is_common: bool
    style: ScriptStyle

    def styled(self, text: str) -> str:
        """A text of our templates with the project's indentation, quotes and semicolons."""
        if self.style.indent != "  ":
            text = _INDENT.sub(lambda it: self.style.indent * (len(it[0]) // 2), text)
        if self.style.quote == '"':
            text = re.sub(r"'([^'\"\n]*)'", r'"\1"', text)
        if not self.style.semicolon:
            text = re.sub(r";$", "", text, flags=re.MULTILINE)
        return text


@dataclass(frozen=True, slots=True)
class ErrorClass:
    """A class of errors that the project's error handler answers; `arguments` are the names of its
    constructor's parameters. `module` is how it is imported from where it is used."""

    name: str
    module: str
    arguments: tuple[str, ...]

    @property
    def status(self) -> str:
        return next(it for it in self.arguments if _STATUS.match(it))

    @property
    def has_code(self) -> bool:
        """Whether it can carry a code beside its message."""
        return any(it in _CODES or _DETAILS.match(it) for it in self.arguments)

    def code_in(self, error: str) -> str:
        """The expression that reads the code of one."""
        if name := next((it for it in self.arguments if it in _CODES), ""):
            return f"{error}.{name}"
        return f"{error}.{next(it for it in self.arguments if _DETAILS.match(it))}?.code"

    def made(self, status: str, code: str, message: str) -> str:
        """The expression that makes one; what has no place in it is left out."""
        given = []
        for it in self.arguments:
            if _STATUS.match(it):
                given.append(status)
            elif it in _CODES:
                given.append(code)
            elif it == "message":
                given.append(message)
            elif _DETAILS.match(it):
                given.append(f"{{ code: {code} }}" if code != "code" else "{ code }")
                break
            else:
                break
        return f"new {self.name}({', '.join(given)})"


@dataclass(frozen=True, slots=True)
class TestPlace:
    """A file of tests and its `runner`: `vitest`, `jest`, or `node`, which Node has itself."""

    __test__ = False
    path: str
    runner: str

    @property
    def is_plain(self) -> bool:
        """Whether Node loads the files as they are, so that imports need their real suffix."""
        return self.runner == "node"


def is_typed(path: str) -> bool:
    return path.endswith((".ts", ".mts", ".cts"))


def script_of(project: Project) -> Script:
    """How the application writes its modules, as the one that makes the app does."""
    apps = project.made("express")
    files = [it for it in project.sources(SUFFIXES) if "config" not in posixpath.basename(it)]
    routed = [it.place.file for it in project.situation.backend.routes if it.place.file in files]
    main = apps[0].place.file if apps else (routed or files or ["src/app.js"])[0]
    suffixes = Counter(posixpath.splitext(it)[1] for it in files)
    typed = any(is_typed(it) for it in files)
    suffix = posixpath.splitext(main)[1] or (suffixes.most_common(1)[0][0] if suffixes else ".js")
    if typed and not is_typed(main):
        suffix = ".ts"
    common = not is_typed(main) and not is_module(project, main)
    return Script(posixpath.dirname(main), suffix, common, style_of(project.situation.source(main)))


def module_path(project: Project, script: Script, folder: str, name: str) -> str:
    """The path of a new module, in the folder where such modules already live."""
    kinds = {folder, f"{folder}s"}
    known = [
        it for it in project.sources(SUFFIXES) if posixpath.basename(posixpath.dirname(it)) in kinds
    ]
    home = posixpath.dirname(known[0]) if known else posixpath.join(script.home, folder)
    ending = f".{folder}" if any(f".{folder}." in it for it in known) else ""
    dashed = known and all("-" in it or it.islower() for it in map(posixpath.basename, known))
    stem = re.sub(r"(?<=[a-z])([A-Z])", r"-\1", name).lower() if dashed else name
    for tried in (f"{stem}{ending}", f"{stem}-token{ending}", f"bearer-{stem}{ending}"):
        path = posixpath.join(home, f"{tried}{script.suffix}")
        if project.situation.document(path) is None:
            return path
    return posixpath.join(home, f"jwt-{stem}{ending}{script.suffix}")


def test_place(project: Project, script: Script, name: str) -> TestPlace | None:
    """Where tests of a new module go; None where nothing could run them."""
    stack = project.situation.stack
    packages = {**stack.dependencies, **stack.dev_dependencies}
    runner = next((it for it in ("vitest", "jest") if it in packages), "node")
    if runner == "node" and (
        {"mocha", "ava", "tap"} & packages.keys() or is_typed(f"x{script.suffix}")
    ):
        return None
    shown = [
        it
        for it in project.situation.paths
        if is_test(it) and project.is_own(it) and it.endswith(SUFFIXES)
    ]
    named = [it for it in shown if re.search(r"\.(?:test|spec)\.\w+$", it)]
    root = stack.root.strip("/")
    suffix, kind = script.suffix, ".test"
    folder = posixpath.join("" if root == "." else root, "tests")
    if named:
        folder = posixpath.dirname(named[0])
        kind = ".spec" if ".spec." in named[0] else ".test"
        suffix = posixpath.splitext(named[0])[1]
    elif runner == "node":
        folder = posixpath.join("" if root == "." else root, "test")
    path = posixpath.join(folder, f"{name}{kind}{suffix}")
    return TestPlace(path, runner) if project.situation.document(path) is None else None


def with_interop(project: Project) -> bool:
    """Whether modules of CommonJS are imported by `import x from`."""
    for path in project.sources(SUFFIXES):
        if b"express" not in project.source(path):
            continue
        for it in project.imports(path):
            if it.module == "express" and it.name in {"default", "*"}:
                return it.name == "default"
    return True


def error_class(project: Project, user: str) -> ErrorClass | None:
    """The project's class of errors with a status, a message and a place for a code, else None."""
    for path in project.sources(SUFFIXES):
        if b"extends Error" not in project.source(path):  # parsing every file would take seconds
            continue
        facts = project.facts(path)
        for it in facts.classes if facts is not None else ():
            if [walk.dotted(base.value) for base in it.bases] != ["Error"] or facts is None:
                continue
            made = [f for f in facts.functions if f.qualname == f"{it.name}.constructor"]
            given = tuple(p.name for f in made for p in f.parameters)
            found = ErrorClass(it.name, script_specifier(project, user, path), given)
            if any(map(_STATUS.match, given)) and "message" in given and found.has_code:
                return found
    return None
