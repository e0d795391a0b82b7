"""What guards leave behind for the code that runs after them."""

from __future__ import annotations

from collections.abc import Iterator

from backwright.facts import code, walk
from backwright.facts.backend import Route
from backwright.recipes.project import Project


def left_by_guards(project: Project, route: Route) -> Iterator[str]:
    """Where the guards of a route put things, as they write it: `request.state.user`, `g.user`."""
    for guard in route.guards:
        facts = project.facts(guard.place.file) if guard.place is not None else None
        if facts is None or guard.place is None:
            continue
        for function in facts.functions:
            if guard.place.start <= function.start and function.end <= guard.place.end:
                for step in walk.steps(function.steps):
                    if isinstance(step, code.Assign):
                        yield walk.dotted(step.target)


def is_read(project: Project, expression: str, suffixes: tuple[str, ...]) -> bool:
    """Whether the project reads the expression anywhere, as it is written."""
    return any(expression.encode() in project.source(path) for path in project.sources(suffixes))
