"""Renders the templates of new code, which stand in the folder `templates` of each framework."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backwright.recipes.rest_api import spelling
from backwright.recipes.rest_api.python.source import call

Render = Callable[..., str]
_HERE = Path(__file__).parent
_SHARED = ("python", "script")


def renderer(beside: str) -> Render:
    """A function that renders a template by its name; `beside` is the `__file__` of a module that
    has a folder of templates by its side. Those of its language are found as well."""
    templates = _templates(Path(beside).parent.name)

    def render(template: str, **values: object) -> str:
        return templates.get_template(template).render(**values)

    return render


@cache
def _templates(framework: str) -> Environment:
    folders = [_HERE / framework / "templates", *(_HERE / it / "templates" for it in _SHARED)]
    found = Environment(
        loader=FileSystemLoader(folders),
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
