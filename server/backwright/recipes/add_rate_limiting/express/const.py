"""The constant that holds a limiter of express-rate-limit, as the project would write it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backwright.facts.backend import Route
from backwright.recipes.add_rate_limiting.rate import Rate
from backwright.recipes.project import Project
from backwright.recipes.script_style import ScriptStyle

PACKAGE = "express-rate-limit"
_NAMED_SINCE = 7
_DRAFT_8_SINCE = (7, 5)
_SAYS_LITTLE = re.compile(
    r"list|index|all|find|create|add|store|save|read|show|view|get|fetch|update|edit|replace|patch"
    r"|remove|delete|destroy|handle|handler|post|put"
)
"""Names that the handlers of many endpoints have; a limiter is better named by its path."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a limiter is told. `message` is an object literal or ""; `key` a key function or ""."""

    rate: Rate
    message: str = ""
    key: str = ""


def written(project: Project, name: str, options: Options, style: ScriptStyle, maker: str) -> str:
    """The constant `name`, made by `maker`, which is what the file calls rateLimit."""
    templates = Environment(
        loader=FileSystemLoader(posixpath.dirname(__file__)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    return templates.get_template("limiter.js.j2").render(
        name=name,
        maker=maker,
        window=milliseconds(options.rate),
        limit_option="limit" if _version(project) >= (_NAMED_SINCE,) else "max",
        limit=options.rate.count,
        headers=_headers(project, style),
        message=options.message,
        key=options.key,
        indent=style.indent,
        end=style.semicolon,
    )


def import_of_library(project: Project) -> str:
    """How the library is imported in its version here, with what `rateLimit` is then called."""
    if _version(project) >= (_NAMED_SINCE,):
        return f"import {{ rateLimit }} from '{PACKAGE}';\n"
    return f"import rateLimit from '{PACKAGE}';\n"


def milliseconds(rate: Rate) -> str:
    """The length of the window, in factors that a person can read: `15 * 60 * 1000`."""
    factors = {"second": "1000", "minute": "60 * 1000", "hour": "60 * 60 * 1000"}
    length = factors.get(rate.unit, "24 * 60 * 60 * 1000")
    return length if rate.every == 1 else f"{rate.every} * {length}"


def name_for(route: Route, taken: set[str]) -> str:
    """`listRidesLimiter` for what a function of that name answers, else by method and path."""
    handler = route.handler.rpartition(".")[2]
    words = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", handler)
    if not handler.isidentifier() or (len(words) < 2 and _SAYS_LITTLE.fullmatch(handler.lower())):
        parts = [it for it in route.path.split("/") if it and not it.startswith("{")]
        words = [route.method, *re.findall(r"[A-Za-z0-9]+", parts[-1] if parts else "root")]
    base = words[0].lower() + "".join(it[:1].upper() + it[1:].lower() for it in words[1:])
    names = (f"{base}Limiter{number}" for number in ("", *range(2, 100)))
    return next(it for it in names if it not in taken)


def _headers(project: Project, style: ScriptStyle) -> str:
    return style.quoted("draft-8") if _version(project) >= _DRAFT_8_SINCE else "true"


def _version(project: Project) -> tuple[int, ...]:
    """The version that is locked or at least asked for; the newest where nothing is said."""
    asked = project.situation.stack.dependencies.get(PACKAGE, "")
    numbers = re.findall(r"\d+", asked)
    return tuple(int(it) for it in numbers[:2]) if numbers else (99, 0)
