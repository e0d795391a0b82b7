"""Renders the templates of new code, which stand in the folder `templates` of each framework."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backwright.recipes.rest_api import spelling
from backwright.recipes.rest_api.python.source import call

Render = Callable[..., str]


def renderer(beside: str) -> Render:
    """A function that renders a template by its name; `beside` is the `__file__` of a module that
    has a folder of templates by its side."""
    templates = _templates(Path(beside).parent / "templates")

    def render(template: str, **values: object) -> str:
        return templates.get_template(template).render(**values)

    return render


@cache
def _templates(folder: Path) -> Environment:
    found = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    for name in ("pascal", "camel", "kebab", "spaced", "article"):
        found.globals[name] = getattr(spelling, name)
    found.globals["call"] = call
    found.filters["camelled"] = spelling.camel
    return found
