"""Plans the steps of a feature from what its description speaks of."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from backwright.recipes.brief.brief import Brief
from backwright.recipes.brief.read import read
from backwright.recipes.outcome import Outcome, Refused, Situation, Step, Steps
from backwright.recipes.registry import recipes

Fact = Literal["models", "guards"]

_CLAUSE = re.compile(r"([.;!?]\s+|\n+|,\s*(?:and\s+)?(?:then\s+)?|\s*(?:→|->)\s*)")


class Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of `layers.toml`. `words` is a pattern of what speaks for it; `needs` and `unless`
    are facts that the project must, or must not, have; with `subject` the step is asked for the
    endpoints of the feature; with `always` it is there whatever the request says."""

    recipe: str
    title: str
    words: str
    needs: Fact | None = None
    unless: Fact | None = None
    subject: bool = False
    always: bool = False

    def speaks_in(self, text: str) -> bool:
        return re.search(self.words, text, re.IGNORECASE) is not None


class _Layers(msgspec.Struct, frozen=True):
    layer: list[Layer]


def baseline(situation: Situation) -> Outcome:
    request = situation.request.strip()
    if not request:
        return Refused("say what the feature is, such as: invoices with line items, an API, tests")
    brief = read(request, situation.backend)
    if not brief.entities:
        return Refused(
            "no entity is named that the feature is about; say for example:"
            " invoices with line items, an API for them, e-mails in the background, tests"
        )
    planned = [_step(it, request, brief) for it in _layers() if _is_wanted(it, situation, request)]
    chosen = [it.strip() for it in situation.inputs.get("steps", "").split(",") if it.strip()]
    unknown = [it for it in chosen if it not in {step.recipe for step in planned}]
    if unknown:
        there = ", ".join(it.recipe for it in planned)
        return Refused(f"{', '.join(unknown)} is no step of this feature; there are {there}")
    steps = [it for it in planned if not chosen or it.recipe in chosen]
    return Steps(tuple(steps), chained=True)


@cache
def _layers() -> list[Layer]:
    file = Path(__file__).with_name("layers.toml")
    return msgspec.toml.decode(file.read_bytes(), type=_Layers).layer


def _is_wanted(layer: Layer, situation: Situation, request: str) -> bool:
    if layer.recipe not in recipes():
        return False
    facts = {
        "models": any(it.table for it in situation.backend.models),
        "guards": any(it.guards for it in situation.backend.routes),
    }
    if (layer.needs and not facts[layer.needs]) or (layer.unless and facts[layer.unless]):
        return False
    return layer.always or layer.recipe in _CORE or layer.speaks_in(request)


_CORE = frozenset({"add-model", "rest-api"})
"""What a feature has even when its description names nothing but its entities."""


def _step(layer: Layer, request: str, brief: Brief) -> Step:
    others = [it for it in _layers() if it is not layer]
    said = _said(layer, others, request)
    if layer.subject:
        things = " and ".join(it.plural.replace("_", " ") for it in brief.entities)
        said = f"all {things} endpoints"
    return Step(layer.recipe, layer.title, said, covers=layer.words)


def _said(layer: Layer, others: list[Layer], request: str) -> str:
    """The clauses that speak for the layer; for what the feature has in any case all but those
    that speak for another layer alone. All where the whole feature is described in one."""
    parts = _CLAUSE.split(request)
    clauses = [
        (parts[at], parts[at + 1] if at + 1 < len(parts) else "") for at in range(0, len(parts), 2)
    ]
    kept = [(it, end) for it, end in clauses if it.strip() and _is_of(layer, others, it)]
    return "".join(it + end for it, end in kept).strip(" ,;\n") or request


def _is_of(layer: Layer, others: list[Layer], clause: str) -> bool:
    if layer.speaks_in(clause):
        return True
    return layer.recipe in _CORE and not any(
        it.speaks_in(clause) for it in others if it.recipe not in _CORE
    )
