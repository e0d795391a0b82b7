"""Guards in Flask: decorators below the one that registers a view."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backwright.edits.units import Unit
from backwright.facts.backend import Route
from backwright.recipes.add_rate_limiting.decorated import registers
from backwright.recipes.guarding.naming import imports_of
from backwright.recipes.guarding.usage import Usage, guarded, roles_in
from backwright.recipes.outcome import Refused
from backwright.recipes.pieces import edited_symbol
from backwright.recipes.project import Project
from backwright.recipes.python_code import function_in, with_decorator
from backwright.syntax.tree import text


def usages(project: Project) -> list[Usage]:
    """The decorators by which views of the application are guarded."""
    return [it for route in guarded(project, "flask") for it in of_view(project, route)]


def of_view(project: Project, route: Route) -> list[Usage]:
    """The decorators that guard one view, from the top."""
    place = route.handler_place
    function = function_in(project.source(place.file), place.start, place.end)
    guards = {it.name for it in route.guards if it.source == "decorator"}
    found = []
    for decorator in function.decorators if function is not None else ():
        code = text(decorator).removeprefix("@").strip()
        name = code.partition("(")[0]
        guard = next((it for it in guards if it in {name, name.rpartition(".")[2]}), "")
        if guard:
            roles = roles_in(code, name.rpartition(".")[2])
            found.append(Usage(code, place.file, "decorator", guard, factory=name, roles=roles))
    return found


def put(
    project: Project, route: Route, usages: Sequence[Usage], below: str = ""
) -> list[Unit] | Refused:
    """The units that decorate the view, below the decorator `below` or those that register it."""
    file, place = route.handler_place.file, route.handler_place
    source = project.source(file)
    function = function_in(source, place.start, place.end)
    facts = project.function_at(file, place.start)
    if function is None or facts is None:
        return Refused(f"the function that answers {route.title} is not found")
    imports = imports_of(project, usages, file)
    if isinstance(imports, Refused):
        return imports
    at = 0
    for number, decorator in enumerate(facts.decorators):
        code = text(function.decorators[number]).removeprefix("@").strip()
        if registers(decorator, "flask") or (below and re.match(rf"{re.escape(below)}\b", code)):
            at = number + 1
    codes = f"\n{function.indent}@".join(it.code for it in usages)
    edit = with_decorator(function, codes, at)
    return [*edited_symbol(file, source, facts.qualname, [edit]), *imports]
