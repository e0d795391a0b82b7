"""Which application objects serve an endpoint."""

from __future__ import annotations

from collections.abc import Iterator

from backwright.facts import code, walk
from backwright.facts.backend import Made, Place, Route
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project


def apps_serving(project: Project, route: Route, origins: tuple[str, ...]) -> list[Made] | Refused:
    """The apps made in the files that import, directly or not, the one that registers the route.

    An app that the route is registered on is the only one. There is always at least one.
    """
    made = project.made(*origins) or list(_of_subclasses(project, origins))
    file = route.place.file
    own = [it for it in made if it.place.file == file and it.name == route.owner]
    if len(own) == 1:
        return own
    reaching = [it for it in made if file in project.reached_from(it.place.file)]
    if found := reaching or (made if len(made) == 1 else []):
        return found
    kind = origins[0].rpartition(".")[2]
    return Refused(
        f"no {kind} application is found that serves {route.title}; it would have to be assigned"
        " to a name in a file of this project"
    )


def _of_subclasses(project: Project, origins: tuple[str, ...]) -> Iterator[Made]:
    """Apps made, at the top of a module, of a class of the project's own."""
    for path in project.sources((".py",)):
        facts = project.facts(path)
        for step in walk.steps(facts.steps) if facts is not None else ():
            if not isinstance(step, code.Assign) or not isinstance(step.value, code.Call):
                continue
            name = walk.dotted(step.target)
            if name and _is_subclass(project, path, walk.dotted(step.value.function), origins):
                yield Made(name, origins[0], Place(path, step.line, step.start, step.end))


def _is_subclass(project: Project, path: str, name: str, origins: tuple[str, ...]) -> bool:
    found = project.definitions.find(path, name) if name else None
    facts = project.facts(found.place.file) if found is not None else None
    if found is None or facts is None or found.kind != "class":
        return False
    class_ = next((it for it in facts.classes if it.start == found.place.start), None)
    bases = [walk.dotted(it.value) for it in class_.bases if not it.name] if class_ else []
    return any(project.origin(found.place.file, it) in origins for it in bases)
