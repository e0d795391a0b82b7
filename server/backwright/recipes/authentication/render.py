"""Renders the templates that stand in the folder `templates` beside a module."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

Render = Callable[..., str]


def renderer(beside: str, *shared: str) -> Render:
    """A function that renders a template by its name; `beside` is the `__file__` of a module.

    Templates that are not there are looked for in the folders `shared` next to the module's own.
    """
    folder = Path(beside).parent
    others = tuple(folder.parent / it / "templates" for it in shared)
    templates = _templates((folder / "templates", *others))

    def render(template: str, **values: object) -> str:
        return templates.get_template(template).render(**values)

    return render


@cache
def _templates(folders: tuple[Path, ...]) -> Environment:
    return Environment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
