"""The limiter object of a Python project: the one it has, or a new one in a fitting place."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts import code, walk
from backwright.facts.backend import Made, Place
from backwright.index.testfiles import is_test
from backwright.recipes.local_imports import python_import
from backwright.recipes.outcome import Refused
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.recipes.python_code import without_imports
from backwright.syntax.tree import parse
from backwright.text.lines import Lines
from backwright.text.span import Span

NAME = "limiter"


@dataclass(frozen=True, slots=True)
class ModuleText:
    """Statements with the imports that they need."""

    imports: str
    body: str

    @classmethod
    def of(cls, storage: str, library: str, body: str) -> ModuleText:
        """The imports of the storage among the library's: standard, from outside, own."""
        if storage.startswith("import "):
            return cls(f"{storage}\n{library}", body)
        return cls(f"{library}\n{storage}" if storage else library, body)


@dataclass(frozen=True, slots=True)
class UserKey:
    """A function that tells users apart, with the imports that it needs."""

    function: str
    imports: str


@dataclass(frozen=True, slots=True)
class Limiter:
    """A limiter in the module `file`, there called `name`.

    `new` is what makes it, None where it is made already, at `made`; `units` move it to `file`
    from there.
    """

    name: str
    file: str
    new: ModuleText | None = None
    units: tuple[Unit, ...] = ()
    made: Made | None = None


def limiter_for(
    project: Project,
    user: str,
    app: Made,
    origins: tuple[str, ...],
    text: Callable[[str], ModuleText],
) -> Limiter | Refused:
    """The limiter that the file `user` can use, for an application made as `app`.

    `origins` is what limiters are made of; `text` makes a new one for the module at a path.
    """
    everywhere = project.made(*origins)
    there = [it for it in everywhere if not it.scope and "." not in it.name]
    there.sort(key=lambda it: it.place.file != user)
    if there:
        return _importable(project, user, there[0])
    if everywhere:
        made = everywhere[0]
        return Refused(
            f"the limiter of this project is made inside {made.scope or made.name}"
            f" ({made.place.file}:{made.place.line}), where {user} can't import it;"
            " make it at the top of a module first"
        )
    path = _new_place(project, user, app)
    new, name = text(path), _free_name(project, path)
    body = new.body.replace(f"{NAME} = ", f"{name} = ", 1)
    return Limiter(name, path, ModuleText(new.imports, body))


def units_of_new(project: Project, limiter: Limiter) -> list[Unit]:
    """The units that put a new limiter in a module that is not the app's own."""
    if limiter.new is None:
        return []
    path, new = limiter.file, limiter.new
    if project.situation.document(path) is None:
        return [Unit(path, "create", text=f"{new.imports}\n{new.body}")]
    return [Unit(path, "append", text=new.body), Unit(path, "imports", text=new.imports)]


def use_of(project: Project, user: str, limiter: Limiter) -> tuple[str, list[Unit]]:
    """The name under which `user` has the limiter, and the units that import it there."""
    if user == limiter.file:
        return limiter.name, []
    if limiter.made is not None and (local := project.local_name(user, limiter.made)):
        return local, []
    taken = project.names(user)
    local = next(it for it in (limiter.name, f"rate_{limiter.name}", "_limiter") if it not in taken)
    statement = python_import(project, user, limiter.file, limiter.name, local)
    return local, [Unit(user, "imports", text=statement)]


def _free_name(project: Project, path: str) -> str:
    taken = project.names(path)
    return next(it for it in (NAME, "rate_limiter", "request_limiter") if it not in taken)


# A limiter that is there


def _importable(project: Project, user: str, made: Made) -> Limiter | Refused:
    """The limiter, moved to a module of its own where importing it would go round in a circle."""
    file = made.place.file
    kept = Limiter(made.name, file, made=made)
    if user == file or project.local_name(user, made):
        return kept
    if user not in project.reached_from(file, early=True):
        return kept
    return _moved(project, made)


def _moved(project: Project, made: Made) -> Limiter | Refused:
    file, source = made.place.file, project.source(made.place.file)
    statement = source[made.place.start : made.place.end].decode("utf-8", "replace")
    imports = _imports_for(project, made)
    if imports is None:
        return Refused(
            f"the limiter is made in {file}, which imports this file and would be imported by it"
            " in turn; move it to a module of its own first"
        )
    path = _free_path(project, posixpath.dirname(file))
    new = Unit(path, "create", text=f"{imports}\n{statement}\n")
    statement_gone = Edit(_with_one_gap(source, made.place), "")
    unused = without_imports(source, Span(made.place.start, made.place.end))
    gone = edited_lines(file, source, [statement_gone, *unused])
    imported = Unit(file, "imports", text=python_import(project, file, path, made.name))
    return Limiter(made.name, path, units=(new, *gone, imported), made=made)


def _with_one_gap(source: bytes, place: Place) -> Span:
    """The lines of a statement, with the smaller of the gaps above and below it."""
    lines = Lines.of(source)
    first, last = lines.number_at(place.start), lines.number_at(place.end - 1)
    above = below = 0
    while (
        first - above > 1
        and not source[lines.start_of(first - above - 1) :].split(b"\n")[0].strip()
    ):
        above += 1
    while (
        last + below < len(lines)
        and not source[lines.end_of(last + below) :].split(b"\n")[0].strip()
    ):
        below += 1
    return Span(lines.start_of(first), lines.end_of(last + min(above, below)))


def _imports_for(project: Project, made: Made) -> str | None:
    """The imports that the limiter's statement needs elsewhere; None where it needs more."""
    file = made.place.file
    facts = project.facts(file)
    steps = walk.steps(facts.steps) if facts is not None else iter(())
    step = next((it for it in steps if getattr(it, "start", -1) == made.place.start), None)
    if not isinstance(step, code.Assign) or step.value is None:
        return None
    needed = {
        walk.dotted(it).partition(".")[0]
        for it in walk.inner(step.value)
        if isinstance(it, code.Name | code.Member)
    }
    statements = []
    for name in sorted(needed - {""}):
        found = next((it for it in project.imports(file) if it.local == name and it.early), None)
        if found is None or (found.file and found.module.startswith(".")):
            return None
        renamed = f" as {found.local}" if found.local != (found.name or found.module) else ""
        what = (
            f"from {found.module} import {found.name}" if found.name else f"import {found.module}"
        )
        statements.append(f"{what}{renamed}\n")
    return "".join(sorted(statements))


# A new limiter


def _new_place(project: Project, user: str, app: Made) -> str:
    """Where the project keeps such objects, else beside the module of the app.

    A project whose routes all stand beside the app in one file keeps the limiter there too.
    """
    backend = project.situation.backend
    routes = [it for it in backend.routes if project.is_own(it.place.file)]
    files = {it.place.file for it in routes if not is_test(it.place.file)}
    if files == {app.place.file} == {user}:
        return user
    folder = posixpath.dirname(app.place.file)
    for path in project.sources((".py",)):
        inside = path.startswith(f"{folder}/") or not folder
        fitting = inside and posixpath.basename(path) in {"extensions.py", "ext.py"}
        if fitting and user not in project.reached_from(path, early=True):
            return path
    core = posixpath.join(folder, "core")
    if any(posixpath.dirname(path) == core for path in project.sources((".py",))):
        folder = core
    return _free_path(project, folder)


def _free_path(project: Project, folder: str) -> str:
    names = ("limiter.py", "rate_limiter.py", "rate_limiting.py", "request_limiter.py")
    paths = [posixpath.join(folder, name) for name in names]
    return next(it for it in paths if project.situation.document(it) is None)


def imported_above(project: Project, place: Place, units: list[Unit]) -> list[Unit]:
    """Imports that stand above `place`, also in a file that has further imports below it.

    Such a file imports its views once the app is there, and new imports would join these.
    """
    facts = project.facts(place.file)
    steps = [it for it in walk.steps(facts.steps) if isinstance(it, code.Import)] if facts else []
    above = [it for it in steps if it.line < place.line]
    if len(above) == len(steps) or not above:
        return units
    source = project.source(place.file)
    lines = Lines.of(source)
    root = parse(source, "python").root_node
    ends = [it.end_point.row + 1 for it in root.named_children if "import" in it.type]
    at = lines.end_of(max(it for it in ends if it < place.line))
    found: list[Unit] = []
    for unit in units:
        if unit.action == "imports" and unit.path == place.file:
            found += edited_lines(unit.path, source, [Edit(Span(at, at), unit.text)])
        else:
            found.append(unit)
    return found


def before_app(project: Project, app: Made, text: str) -> Edit:
    """`text` at the top level of the app's module, above what makes the app."""
    source = project.source(app.place.file)
    start = app.place.start
    facts = project.facts(app.place.file)
    for function in facts.functions if facts is not None and app.scope else ():
        if function.start <= app.place.start < function.end:
            start = min(start, function.start)
    lines = Lines.of(source)
    number = lines.number_at(start)
    at = lines.start_of(number)
    if not app.scope:
        return Edit(Span(at, at), text)
    while at and not source[lines.start_of(number - 1) : at].strip():
        number, at = number - 1, lines.start_of(number - 1)
    gap = "\n" if at and number < lines.number_at(start) else ""
    return Edit(Span(at, at), f"{gap}{text}" if gap else f"{text}\n\n")


def below(project: Project, place: Place, statements: list[str]) -> Edit:
    """Statements on the lines below the one at `place`."""
    source = project.source(place.file)
    lines = Lines.of(source)
    begin = lines.start_of(lines.number_at(place.start))
    indent = source[begin : place.start].decode()
    at = lines.end_of(lines.number_at(max(place.start, place.end - 1)))
    text = "".join(f"{indent}{it}\n" for it in statements)
    return Edit(Span(at, at), text if source[:at].endswith(b"\n") else f"\n{text}")
