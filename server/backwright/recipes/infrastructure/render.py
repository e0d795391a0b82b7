"""Renders the templates that stand beside a recipe."""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def rendered(beside: str, template: str, **values: object) -> str:
    """The text of a template in the folder of the module `beside`, which is its `__file__`."""
    templates = Environment(
        loader=FileSystemLoader(Path(beside).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    templates.filters["json"] = lambda it: json.dumps(it, ensure_ascii=False)
    return templates.get_template(template).render(**values)
