"""Names for what tests make."""

from __future__ import annotations

import re


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_")


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(it.title() for it in rest)


def last_word(path: str) -> str:
    """The last part of a path that is no parameter."""
    return next((it for it in reversed(path.split("/")) if it and "{" not in it), "")
