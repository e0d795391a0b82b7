"""Finds the recipe that a free request means, and the endpoint or model that it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backwright.facts.backend import Backend, Place, Route
from backwright.recipes.brief.names import singular
from backwright.recipes.fit import PLAIN, recipe_meant
from backwright.recipes.outcome import Refused
from backwright.recipes.recipe import Recipe
from backwright.recipes.words import spaced, stem, words

_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
_METHOD = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE)\b")
_REMOVES = re.compile(
    r"^\W*(?:please\s+|can you\s+)?(?:remove|drop|disable|delete|turn\s+off|get\s+rid\s+of"
    r"|take\b.*\boff)\b(?!\s*/)",
    re.IGNORECASE,
)
"""What starts a request to take something away; a method before its path is none."""
_PATH = re.compile(r"(?<![\w.])/[\w\-{}:<>./*]*")
_SEVERAL = re.compile(
    r"\b(?:all|every|each)\b[^.;:]*\b(?:endpoint|route|handler)\b"
    r"|\b(?:endpoints|routes|handlers|views|router|blueprint|controller|api)\b",
    re.IGNORECASE,
)
"""Words for several endpoints: those of a kind, of a file or of the project."""
_FILE = re.compile(r"[\w./-]+\.[a-z]{2,4}\b")
_NEGATED = re.compile(
    r"\b(?:do\s+not|don'?t|never|without|not|instead\s+of)\b[^,.;:]*", re.IGNORECASE
)
"""What a request says shall not be done, up to the end of the clause."""

_VERBS = {
    "create": "POST", "add": "POST", "register": "POST", "list": "GET", "read": "GET",
    "show": "GET", "fetch": "GET", "update": "PUT", "edit": "PUT", "delete": "DELETE",
    "remove": "DELETE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """A recipe, with the place of what the request names when it is not at the cursor, or with
    the endpoints when it names several."""

    recipe: Recipe
    place: Place | None = None
    routes: tuple[Route, ...] = ()


def meaning_of(request: str, backend: Backend, file: str, offset: int) -> Meaning | Refused:
    """What the request means in this project, refused when no recipe or several fit it alike."""
    wanted = _NEGATED.sub(" ", request)
    recipe = recipe_meant(wanted)
    if isinstance(recipe, Refused):  # "don't let strangers call it" asks for something after all
        wanted, recipe = request, recipe_meant(request)
    if isinstance(recipe, Refused):
        return recipe
    if recipe.at == "model":
        return Meaning(recipe, model_place(wanted, backend))
    if recipe.at != "endpoint":
        return Meaning(recipe)
    if _REMOVES.match(request):
        return Refused(
            "the built-in recipes add to endpoints; to take something away needs a model"
        )
    return endpoints_meant(wanted, recipe, backend, file, offset)


def endpoints_meant(
    wanted: str, recipe: Recipe, backend: Backend, file: str, offset: int
) -> Meaning | Refused:
    """The endpoints that a request for `recipe` is about, refused when they can't be told."""
    named = routes_named(wanted, backend, recipe)
    if len(named) == 1:
        return Meaning(recipe, named[0].handler_place)
    if several := _several(wanted, backend, named, file):
        return Meaning(recipe, routes=several)
    if file and backend.routes_at(file, offset):
        return Meaning(recipe)
    if not named:
        return Refused(
            f"this asks to {recipe.title.lower()}, but names no endpoint of the project;"
            " say which one, such as GET /items"
        )
    shown = ", ".join(route.title for route in named[:6])
    return Refused(f"this asks to {recipe.title.lower()}, but may mean {shown}; name one of them")


def _several(request: str, backend: Backend, named: list[Route], file: str) -> tuple[Route, ...]:
    """The endpoints of a request that is about several: those named, of a file, or all."""
    if named and len(set(_PATH.findall(request))) > 1:
        return tuple(named)
    for written in _FILE.findall(request):
        inside = [
            it for it in backend.routes if f"/{it.handler_place.file}".endswith(f"/{written}")
        ]
        if inside:
            return tuple(inside)
    if not _SEVERAL.search(request):
        return ()
    inside = [it for it in backend.routes if it.handler_place.file == file]
    return tuple(named or inside or backend.routes)


def routes_named(request: str, backend: Backend, recipe: Recipe) -> list[Route]:
    """The endpoints that a request names by path, method, handler or what they are about."""
    methods = set(_METHOD.findall(request))
    paths = [it.rstrip("/.,") or "/" for it in _PATH.findall(request)]
    routes = [it for it in backend.routes if not methods or it.method in methods]
    if paths:
        return [it for it in routes if any(_same_path(it.path, path) for path in paths)]
    if handlers := _by_handler(request, routes):
        return _of_one_handler(handlers)
    about = _about(request, recipe)
    scored = [(_score(route, about), route) for route in routes]
    if _SEVERAL.search(request):
        return [route for score, route in scored if score > 0]
    best = max((score for score, _ in scored), default=0)
    return _of_one_handler([route for score, route in scored if score == best and score > 0])


def model_place(request: str, backend: Backend) -> Place | None:
    """Where the one model is declared that a request names, as it is written or in plain words."""
    said = [stem(singular(it)) for it in words(request)]
    named = [it for it in backend.models if _names(it.name, request, said)]
    longest = max((len(it.name) for it in named), default=0)
    best = [it for it in named if len(it.name) == longest]
    stored = [it for it in best if it.table] or best
    return stored[0].place if len(stored) == 1 else None


def _names(name: str, request: str, said: list[str]) -> bool:
    parts = [stem(singular(it)) for it in words(spaced(name))]
    runs = (said[at : at + len(parts)] for at in range(len(said) - len(parts) + 1))
    return name in _IDENTIFIER.findall(request) or parts in runs


def _by_handler(request: str, routes: list[Route]) -> list[Route]:
    """The routes whose handler is named as it is written in the code; one word is too little."""
    named = {it for it in _IDENTIFIER.findall(request) if "_" in it or it != it.lower()}
    return [it for it in routes if it.handler.rpartition(".")[2] in named]


def _of_one_handler(routes: list[Route]) -> list[Route]:
    """One route where all share a handler: what writes is meant rather than the page that asks."""
    if len({it.handler_place for it in routes}) > 1:
        return routes
    return sorted(routes, key=lambda it: it.method == "GET")[:1]


def _about(request: str, recipe: Recipe) -> list[str]:
    """The words of the request that are not the recipe's own."""
    own = {stem(word) for phrase in recipe.means for word in words(phrase)}
    return [it for it in words(request) if stem(it) not in own and it not in PLAIN]


def _score(route: Route, about: list[str]) -> int:
    subject = {stem(word) for word in words(f"{route.path} {spaced(route.handler)}")}
    score = 0
    for word in about:
        if stem(word) in subject:
            score += 2
        elif _VERBS.get(word) == route.method:
            score += 1
    return score if any(stem(word) in subject for word in about) else 0


def _same_path(path: str, named: str) -> bool:
    """Whether a path as a person writes it means the route: any placeholder fits any parameter."""
    ours, theirs = path.strip("/").split("/"), named.strip("/").split("/")
    return len(ours) == len(theirs) and all(
        mine == other or (mine.startswith("{") and re.match(r"[:{<]|\d+$", other) is not None)
        for mine, other in zip(ours, theirs, strict=True)
    )
