"""What FastAPI and Flask share: the handler, whether it has pages, what is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from tree_sitter import Node

from backwright.edits.change import Edit
from backwright.facts.backend import Model, Route
from backwright.recipes.add_pagination.whole_list import paged
from backwright.recipes.add_pagination.wish import SIZES, STARTS, Wish, paged_by, wish_of
from backwright.recipes.add_rate_limiting.fastapi.callers import direct_call
from backwright.recipes.outcome import AlreadyDone, Refused, Situation
from backwright.recipes.project import Project
from backwright.recipes.python_code import PythonFunction, function_in
from backwright.syntax.tree import text

LAST_START = "2**31 - 1"
"""Beyond it databases fail with an error of their own."""
_READ = re.compile(
    rf"""args(?:\.get\(|\[)\s*["'](?:{"|".join((*SIZES, *STARTS))})["']|\bpaginate\("""
)


@dataclass(frozen=True, slots=True)
class Paged:
    """A handler with the edits that make its answer a page."""

    route: Route
    function: PythonFunction
    wish: Wish
    edits: tuple[Edit, ...]

    @property
    def summary(self) -> str:
        start, wish = self.wish.start, self.wish
        return (
            f"{self.route.title} answers pages of {wish.default} by `{wish.size}` and `{start}`,"
            f" at most {wish.most} at once"
        )

    @property
    def review(self) -> tuple[str, ...]:
        said = (
            "the answer keeps its shape; clients that need everything have to ask page by page,"
            " until one is not full",
        )
        if self.route.tests:
            return (*said, "tests that expect all rows at once have to ask for the pages")
        return said


def paged_handler(situation: Situation) -> Paged | AlreadyDone | Refused:
    route = situation.target.route
    if route is None:
        return Refused("there is no endpoint at the cursor")
    if route.method != "GET":
        return Refused(f"{route.title} is no GET endpoint that answers a list")
    place = route.handler_place
    document = situation.document(place.file)
    function = function_in(document.source, place.start, place.end) if document else None
    if function is None:
        return Refused(f"the handler of {route.title} is no function of this project")
    named = paged_by(route)
    if named or _READ.search(text(function.node)):
        by = f" by {' and '.join(named)}" if named else ""
        return AlreadyDone(f"{route.title} answers pages already{by}")
    wish = wish_of(situation)
    if isinstance(wish, Refused):
        return wish
    for name in (wish.size, wish.start):
        if any(text(it) == name for it in _identifiers(function.node)):
            return Refused(f"{route.handler} uses the name {name} for something else")
    project = Project(situation)
    known = project.function_at(place.file, place.start)
    if known is not None and (caller := direct_call(project, place.file, known)):
        return Refused(f"{caller} calls {known.name} for everything; part the two first")
    edits = paged(function, wish, partial(_only_model, situation.backend.models))
    if isinstance(edits, Refused):
        return edits
    return Paged(route, function, wish, tuple(edits))


def _only_model(models: Sequence[Model], name: str) -> Model | None:
    found = [it for it in models if it.name == name]
    return found[0] if len(found) == 1 else None


def _identifiers(node: Node) -> list[Node]:
    own = [node] if node.type == "identifier" else []
    return own + [it for child in node.named_children for it in _identifiers(child)]
