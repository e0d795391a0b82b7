"""Pages of a FastAPI endpoint: bounded query parameters, which FastAPI checks itself."""

from __future__ import annotations

from dataclasses import replace

from backwright.edits.units import Unit
from backwright.recipes.add_pagination.python import LAST_START, Paged, paged_handler
from backwright.recipes.outcome import Draft, Outcome, Refused, Situation
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.recipes.python_code import with_parameter
from backwright.syntax.tree import text

_SOURCES = {
    "Annotated": ("typing.Annotated", "typing_extensions.Annotated"),
    "Query": ("fastapi.Query", "fastapi.params.Query"),
}
_KNOWS_ANNOTATED = (0, 95)


def baseline(situation: Situation) -> Outcome:
    found = paged_handler(situation)
    if not isinstance(found, Paged):
        return found
    given = [text(it) for it in found.function.parameters]
    if any(it.startswith("**") for it in given):
        return Refused(f"{found.route.handler} takes any keyword, so its parameters are not known")
    if _too_old(situation):
        return Refused("this version of FastAPI knows no Annotated parameters; update it first")
    path = found.route.handler_place.file
    imports = _imports(Project(situation), path)
    if isinstance(imports, Refused):
        return imports
    wish = found.wish
    first = 1 if wish.numbered else 0
    parameters = (
        f"{wish.size}: Annotated[int, Query(ge=1, le={wish.most})] = {wish.default}",
        f"{wish.start}: Annotated[int, Query(ge={first}, le={LAST_START})] = {first}",
    )
    indent = found.function.indent + "    "
    joined = f",\n{indent}".join(parameters) if _is_broken(found) else ", ".join(parameters)
    signature = with_parameter(found.function, joined, len(given))
    # Where the others got a line each, these two get one each as well.
    rows = "".join(f"{indent}{it},\n" for it in parameters)
    signature = replace(signature, text=signature.text.replace(f"{indent}{joined},\n", rows))
    source = found.function.source
    return Draft(
        (*edited_lines(path, source, [signature, *found.edits]), *imports),
        found.summary,
        unserved=wish.unserved,
        review=found.review,
    )


def _is_broken(found: Paged) -> bool:
    node = found.function.node.child_by_field_name("parameters")
    return node is not None and node.end_point.row > node.start_point.row


def _imports(project: Project, path: str) -> tuple[Unit, ...] | Refused:
    units = []
    for name, origins in _SOURCES.items():
        if project.origin(path, name) in origins:
            continue
        if name in project.names(path):
            return Refused(f"{path} uses the name {name} for something else")
        module = origins[0].rpartition(".")[0]
        units.append(Unit(path, "imports", text=f"from {module} import {name}\n"))
    return tuple(units)


def _too_old(situation: Situation) -> bool:
    locked = situation.stack.dependencies.get("fastapi", "").lstrip("=")
    numbers = tuple(int(it) for it in locked.split(".")[:2] if it.isdigit())
    return len(numbers) == 2 and numbers < _KNOWS_ANNOTATED
