"""Imports of the project's own modules, written the way the importing file writes its others."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from backwright.recipes.project import Imported, Project

_ENOUGH = 40
"""So many imports show what the habit is, without reading all of a large project."""
_PYTHON = (".py",)
_SCRIPTS = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx")
_COMPILED = {".ts": ".js", ".tsx": ".js", ".mts": ".mjs", ".cts": ".cjs"}


def python_import(project: Project, importer: str, target: str, name: str, alias: str = "") -> str:
    """A statement that imports `name` of the module at `target`, which need not exist yet."""
    renamed = f" as {alias}" if alias and alias != name else ""
    return f"from {python_module(project, importer, target)} import {name}{renamed}\n"


def python_module(project: Project, importer: str, target: str) -> str:
    """The module at `target` as `importer` would call it: relative or absolute, by habit.

    Its own imports show the habit, else those of files beside it, else those of the project.
    """
    relative = _relative_module(project, importer, target)
    if relative and _is_relative_here(project, importer):
        return relative
    root = _root_for(project, importer, target)
    inside = posixpath.relpath(target, root or ".").removesuffix(".py").removesuffix("/__init__")
    return inside.replace("/", ".")


def script_specifier(project: Project, importer: str, target: str) -> str:
    """The path by which `importer` would import the script at `target`, by habit."""
    stem, suffix = posixpath.splitext(target)
    ending = _ending(project, importer, suffix)
    for it in _habit(project, importer, _SCRIPTS):
        if not it.module.startswith(".") and (found := _aliased(it, stem)):
            return found + ending
        if it.module.startswith("."):
            break
    path = posixpath.relpath(stem, posixpath.dirname(importer) or ".") + ending
    return path if path.startswith(".") else f"./{path}"


def _habit(project: Project, importer: str, suffixes: tuple[str, ...]) -> Iterator[Imported]:
    """The imports of project files that show how it is done, the most telling first."""
    own = [it for it in project.imports(importer) if it.file]
    if own:
        yield from sorted(own, key=lambda it: not it.early)
        return
    folder = posixpath.dirname(importer)
    paths = [it for it in project.sources(suffixes) if it != importer]
    for path in sorted(paths, key=lambda it: (_distance(posixpath.dirname(it), folder), it)):
        yield from (it for it in project.imports(path) if it.file and it.early)


def _distance(one: str, other: str) -> int:
    """How many steps lead from one folder to another."""
    here, there = one.split("/") if one else [], other.split("/") if other else []
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    return len(here) + len(there) - 2 * same


def _is_relative_here(project: Project, importer: str) -> bool:
    """Whether it imports its own package's modules relatively, as far as anything shows that."""
    shown = list(islice(_habit(project, importer, _PYTHON), _ENOUGH))
    inside = f"{_top_package(project, importer)}/"
    shown.sort(key=lambda it: not it.file.startswith(inside))
    return bool(shown) and shown[0].module.startswith(".")


def _relative_module(project: Project, importer: str, target: str) -> str:
    """`..limiter` and the like; "" where the two files are in no common package."""
    here, there = posixpath.dirname(importer), target.removesuffix(".py")
    there = there.removesuffix("/__init__")
    common = posixpath.commonpath([here or ".", posixpath.dirname(there) or "."])
    common = "" if common == "." else common
    top = _top_package(project, importer)
    if not (common == top or common.startswith(f"{top}/") or not top):
        return ""
    above = here.removeprefix(common).strip("/").count("/") + (here != common)
    inside = there.removeprefix(common).strip("/").replace("/", ".")
    return "." * (above + 1) + inside


def _top_package(project: Project, importer: str) -> str:
    """The outermost folder above a file that is a package all the way down."""
    files = project.modules.files
    folder = posixpath.dirname(importer)
    while folder and f"{posixpath.dirname(folder)}/__init__.py".lstrip("/") in files:
        folder = posixpath.dirname(folder)
    return folder


def _root_for(project: Project, importer: str, target: str) -> str:
    """The folder that absolute imports start from, as those show that are there."""
    roots: Counter[str] = Counter()
    for it in islice(_habit(project, importer, _PYTHON), _ENOUGH):
        if not it.module.startswith(".") and (root := _root_of(it)) is not None:
            roots[root] += 1
    for root, _ in roots.most_common():
        if not root or target.startswith(f"{root}/"):
            return root
    files = project.modules.files
    folder = posixpath.dirname(target)
    while folder and f"{folder}/__init__.py" in files:
        folder = posixpath.dirname(folder)
    return folder


def _root_of(it: Imported) -> str | None:
    path = it.file.removesuffix(".py").removesuffix("/__init__")
    for tail in (it.module.replace(".", "/"), f"{it.module.replace('.', '/')}/{it.name}"):
        if path == tail:
            return ""
        if path.endswith(f"/{tail}"):
            return path.removesuffix(f"/{tail}")
    return None


def _ending(project: Project, importer: str, suffix: str) -> str:
    """What specifiers end with: nothing, `.js`, or the suffix as it is."""
    for it in _habit(project, importer, _SCRIPTS):
        written = posixpath.splitext(it.module)[1]
        actual = posixpath.splitext(it.file)[1]
        if written not in {*_SCRIPTS, *_COMPILED.values()}:
            return ""
        return suffix if written == actual else _COMPILED.get(suffix, suffix)
    if suffix in _COMPILED or not is_module(project, importer):
        return ""
    return suffix


def is_module(project: Project, path: str) -> bool:
    """Whether a script is an ES module, where that can't be told from what it imports."""
    suffix = posixpath.splitext(path)[1]
    if suffix in {".mjs", ".mts", ".ts", ".tsx", ".jsx"}:
        return True
    text = project.source(path)
    if any(line.startswith((b"import ", b"export ")) for line in text.split(b"\n")):
        return True
    if b"require(" in text or b"module.exports" in text or suffix in {".cjs", ".cts"}:
        return False
    package = project.configs.nearest(path, "package.json")
    return package is not None and project.configs.json(package).get("type") == "module"


def _aliased(shown: Imported, stem: str) -> str:
    """`stem` under the alias of an import: `@/store` for `src/store.ts` says `@/` is `src/`."""
    written = posixpath.splitext(shown.module)[0] if shown.module.endswith(".js") else shown.module
    actual = posixpath.splitext(shown.file)[0]
    if actual.endswith("/index") and not written.endswith("/index"):
        actual = actual.removesuffix("/index")
    tail = _common_tail(written, actual)
    alias, root = written[: len(written) - len(tail)], actual[: len(actual) - len(tail)]
    if not tail or not alias or "/" not in written or not stem.startswith(root):
        return ""
    return alias + stem[len(root) :]


def _common_tail(first: str, second: str) -> str:
    """The longest common ending that is made of whole parts of a path."""
    parts, others = first.split("/"), second.split("/")
    count = 0
    while count < min(len(parts), len(others)) and parts[-1 - count] == others[-1 - count]:
        count += 1
    return "/".join(parts[len(parts) - count :]) if count else ""
