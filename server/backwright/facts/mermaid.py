"""A backend as Mermaid diagrams: routes with the models and jobs behind them, and the entities."""

from __future__ import annotations

import re
from collections.abc import Iterable

from backwright.facts.backend import Backend, Model

_ARROWS = {
    "one-to-many": "||--o{",
    "many-to-one": "}o--||",
    "one-to-one": "||--||",
    "many-to-many": "}o--o{",
}
_INVERSE = {"one-to-many": "many-to-one", "many-to-one": "one-to-many"}
_NOT_A_WORD = re.compile(r"\W+")


def flowchart(backend: Backend) -> str:
    """Routes, and which models and jobs they use."""
    lines = ["flowchart LR"]
    routes = {it.title: f"r{number}" for number, it in enumerate(backend.routes)}
    models = _numbered("m", (name for it in backend.routes for name in it.models))
    jobs = _numbered("j", (name for it in backend.routes for name in it.jobs))
    lines += [f'  {key}["{_quoted(title)}"]' for title, key in routes.items()]
    lines += [f'  {key}[("{_quoted(name)}")]' for name, key in models.items()]
    lines += [f'  {key}{{{{"{_quoted(name)}"}}}}' for name, key in jobs.items()]
    for route in backend.routes:
        used = [models[it] for it in route.models] + [jobs[it] for it in route.jobs]
        lines += [f"  {routes[route.title]} --> {it}" for it in dict.fromkeys(used)]
    return "\n".join(lines) + "\n"


def entities(backend: Backend) -> str:
    """The models that are stored, their fields and relations; each relation once."""
    lines = ["erDiagram"]
    stored = [it for it in backend.models if it.table or it.relations]
    for model in stored:
        lines.append(f"  {_word(model.name)} {{")
        lines += [
            f"    {_word(it.type) or 'unknown'} {_word(it.name)}{_key(model, it.name)}"
            for it in model.fields
        ]
        lines.append("  }")
    known = {it.name for it in stored}
    drawn: set[tuple[str, str, str]] = set()
    for model in stored:
        for relation in model.relations:
            back = (relation.target, model.name, _INVERSE.get(relation.kind, relation.kind))
            if relation.target not in known or back in drawn:
                continue
            drawn.add((model.name, relation.target, relation.kind))
            arrow = _ARROWS[relation.kind]
            ends = f"{_word(model.name)} {arrow} {_word(relation.target)}"
            lines.append(f'  {ends} : "{_quoted(relation.name)}"')
    return "\n".join(lines) + "\n"


def _key(model: Model, name: str) -> str:
    field = model.field(name)
    assert field is not None
    if field.primary_key:
        return " PK"
    if field.references:
        return " FK"
    return " UK" if field.unique else ""


def _numbered(letter: str, names: Iterable[str]) -> dict[str, str]:
    return {name: f"{letter}{number}" for number, name in enumerate(dict.fromkeys(names))}


def _quoted(text: str) -> str:
    """Inside of quotes, where Mermaid knows no escape but its own entities."""
    return text.replace("#", "#35;").replace('"', "#quot;")


def _word(text: str) -> str:
    """Names in a diagram of entities are plain words."""
    return _NOT_A_WORD.sub("_", text).strip("_")
