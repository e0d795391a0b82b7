"""Which application objects serve an endpoint."""

from __future__ import annotations

from backwright.facts.backend import Made, Route
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project


def apps_serving(project: Project, route: Route, origins: tuple[str, ...]) -> list[Made] | Refused:
    """The apps made in the files that import, directly or not, the one that registers the route.

    An app that the route is registered on is the only one. There is always at least one.
    """
    made = project.made(*origins)
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
