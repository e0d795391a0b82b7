"""Who calls a handler like any function: such calls don't pass what a framework passes."""

from __future__ import annotations

from backwright.facts import code, walk
from backwright.facts.code import FileFacts, Function
from backwright.recipes.project import Project


def direct_call(project: Project, path: str, function: Function) -> str:
    """The first place, as `file:line`, where the project calls the function; "" for none."""
    for other in project.situation.paths:
        if not other.endswith(".py") or function.name.encode() not in project.source(other):
            continue
        facts = project.facts(other)
        for call in _calls(facts) if facts is not None else ():
            if _means(project, other, call, path, function):
                return f"{other}:{call.line}"
    return ""


def _calls(facts: FileFacts) -> list[code.Call]:
    return [
        expr
        for step in walk.every_step(facts)
        for whole in walk.own_expressions(step)
        for expr in walk.inner(whole)
        if isinstance(expr, code.Call)
    ]


def _means(project: Project, file: str, call: code.Call, path: str, function: Function) -> bool:
    name = walk.dotted(call.function)
    if name.rpartition(".")[2] != function.name:
        return False
    found = project.definitions.find(file, name)
    return found is not None and found.place.file == path and found.place.start == function.start
