"""Which recipes fit the facts at a cursor. Looks at facts alone: no parsing, no model."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.facts.backend import Backend, Model, Route
from backwright.recipes.recipe import Recipe, RouteFact
from backwright.recipes.registry import recipes, serves


@dataclass(frozen=True, slots=True)
class Offer:
    recipe: Recipe
    title: str
    """What it would do here, such as `Add rate limiting to GET /items`."""


def offers_at(backend: Backend, file: str, offset: int, *, with_model: bool) -> list[Offer]:
    """The recipes that make sense at a byte of a file, those that fill a gap first.

    Without a model only recipes with templates for the framework at hand are offered.
    """
    routes = backend.routes_at(file, offset)
    if not routes:
        model = backend.model_at(file, offset)
        return _at_model(model, with_model=with_model) if model is not None else []
    found = [
        (_is_done(routes[0], recipe), Offer(recipe, f"{recipe.title}: {routes[0].title}"))
        for recipe in recipes().values()
        if recipe.at == "endpoint"
        and (with_model or serves(recipe, routes[0].framework))
        and (recipe.repeatable or not _is_done(routes[0], recipe))
        and (_reads_many(routes[0]) or not recipe.lists)
        and (with_model or not recipe.reuses or _is_elsewhere(backend, routes[0], recipe.reuses))
    ]
    return [offer for _, offer in sorted(found, key=lambda it: (it[0], it[1].recipe.id))]


def _at_model(model: Model, *, with_model: bool) -> list[Offer]:
    return [
        Offer(recipe, f"{recipe.title}: {model.name}")
        for recipe in sorted(recipes().values(), key=lambda it: it.id)
        if recipe.at == "model"
        and (with_model or serves(recipe, model.kind))
        and (model.table or not recipe.stored)
    ]


def _is_done(route: Route, recipe: Recipe) -> bool:
    if recipe.cures is not None:
        return not getattr(route, recipe.cures)
    return recipe.missing is not None and bool(getattr(route, recipe.missing))


def _reads_many(route: Route) -> bool:
    return route.method in {"GET", "QUERY"} and not route.path.rstrip("/").endswith("}")


def _is_elsewhere(backend: Backend, route: Route, fact: RouteFact) -> bool:
    return any(getattr(it, fact) for it in backend.routes if it.framework == route.framework)
