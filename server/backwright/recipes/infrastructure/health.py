"""The endpoint that tells whether an application is well: the one that is there, or a new one."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Literal

from backwright.edits.change import Edit
from backwright.edits.units import Unit
from backwright.facts import code, walk
from backwright.facts.backend import Made, Route
from backwright.recipes.infrastructure.python_application import ASGI, WSGI
from backwright.recipes.infrastructure.ruby_application import is_rails, rails_version
from backwright.recipes.outcome import Refused
from backwright.recipes.pieces import edited_lines
from backwright.recipes.project import Project
from backwright.recipes.script_style import style_of
from backwright.text.lines import Lines
from backwright.text.span import Span

Kind = Literal["live", "ready"]
_EXPRESS = ("express", "express.default", "express.application")
_LIVE = re.compile(r"^_*(health(z|[-_]?(check|status))?|live(z|ness)?|ping|heartbeat|up|alive)$")
_READY = re.compile(r"^_*(ready(z|[-_]?check)?|readiness)$")
_PATHS = ("/health", "/healthz", "/livez")


@dataclass(frozen=True, slots=True)
class Health:
    """`path` answers 200 when all is well. `units` add it where the project had none."""

    path: str
    units: tuple[Unit, ...] = ()
    review: tuple[str, ...] = ()


def standing_health(project: Project, kind: Kind = "live") -> Route | None:
    """An open GET endpoint of the application that is called like one for its health."""
    routes = [it for it in _own_routes(project) if it.method in {"GET", "ANY"} and not it.guards]
    order = (_READY, _LIVE) if kind == "ready" else (_LIVE, _READY)
    for pattern in order:
        fitting = [it for it in routes if it.resolved and _is_called(it, pattern)]
        if fitting:
            return min(fitting, key=lambda it: (it.path.count("/"), len(it.path), it.path))
    return None


def health_of(project: Project) -> Health | Refused:
    """The project's health endpoint, a new one where it has none; refused where none fits."""
    if (route := standing_health(project)) is not None:
        return Health(route.path)
    if project.situation.stack.languages[:1] == ["ruby"]:
        return _in_ruby(project)
    taken = {it.path for it in _own_routes(project)}
    path = next((it for it in _PATHS if it not in taken), "")
    made = _made(project)
    if made is None or not path:
        return Refused(
            "no health check endpoint: no FastAPI, Flask or Express app is found for one"
        )
    write = _script if made.origin in _EXPRESS else _python
    units = write(project, made, path)
    review = [f"GET {path} is new and open to anyone: it tells that the application answers"]
    common = {
        guard.name
        for it in _own_routes(project)
        for guard in it.guards
        if guard.source == "middleware"
    }
    if common:
        listed = ", ".join(sorted(common))
        review.append(f"see that {listed} lets GET {path} through")
    if b"dependencies" in project.source(made.place.file)[made.place.start : made.place.end]:
        review.append(f"the dependencies of {made.name} hold for GET {path} too: it must stay open")
    return Health(path, tuple(units), tuple(review))


def _in_ruby(project: Project) -> Health | Refused:
    """A route of Rails, in the first line of what its table draws."""
    path = posixpath.join(project.situation.stack.root, "config/routes.rb")
    facts = project.facts(path) if is_rails(project) else None
    drawn = (step for step in facts.steps if isinstance(step, code.Do)) if facts is not None else ()
    call = next((it for it in drawn if _draws(it)), None)
    if call is None:
        return Refused("no health check endpoint: no routes of Rails are found for one")
    own = rails_version(project) >= (7, 1)
    written = (
        'get "up" => "rails/health#show", as: :rails_health_check'
        if own
        else 'get "healthz", to: proc { [200, {}, ["ok"]] }'
    )
    source = project.source(path)
    lines = Lines.of(source)
    at = lines.end_of(call.line)
    edit = Edit(Span(at, at), f"  {written}\n")
    address = "/up" if own else "/healthz"
    review = (f"GET {address} is new and open to anyone: it tells that the application answers",)
    return Health(address, tuple(edited_lines(path, source, [edit])), review)


def _draws(step: code.Do) -> bool:
    return isinstance(step.value, code.Call) and walk.dotted(step.value.function).endswith(
        "routes.draw"
    )


def _own_routes(project: Project) -> list[Route]:
    app = project.situation.stack.app
    return [it for it in project.situation.backend.routes if it.app in {app, ""}]


def _is_called(route: Route, pattern: re.Pattern[str]) -> bool:
    last = route.path.rstrip("/").rpartition("/")[2].lower()
    return "{" not in route.path and pattern.match(last) is not None


def _made(project: Project) -> Made | None:
    """The app that serves most of the project."""
    made = project.made(*ASGI[:2], *WSGI, *_EXPRESS)
    return min(
        made,
        key=lambda it: (-len(project.reached_from(it.place.file)), it.place.file, it.place.start),
        default=None,
    )


def _python(project: Project, made: Made, path: str) -> list[Unit]:
    file = made.place.file
    source = project.source(file)
    names = project.names(file)
    name = next(it for it in ("health", "health_check", "answer_health") if it not in names)
    asgi = made.origin in ASGI
    typed = asgi or b"->" in source
    returns = " -> dict[str, str]" if typed else ""
    lines = [
        f'@{made.name}.get("{path}")',
        f"{'async ' if asgi else ''}def {name}(){returns}:",
        '    return {"status": "ok"}',
    ]
    return edited_lines(file, source, [_below(source, made, lines, 1 if made.scope else 2)])


def _script(project: Project, made: Made, path: str) -> list[Unit]:
    file = made.place.file
    source = project.source(file)
    style = style_of(source.decode("utf-8", "replace"))
    end = style.semicolon
    lines = [
        f"{made.name}.get({style.quoted(path)}, (_req, res) => {{",
        f"{style.indent}res.json({{ status: {style.quoted('ok')} }}){end}",
        f"}}){end}",
    ]
    return edited_lines(file, source, [_below(source, made, lines, 1)])


def _below(source: bytes, made: Made, written: list[str], blank: int) -> Edit:
    """Lines below the statement that makes the app, with blank lines on both sides."""
    lines = Lines.of(source)
    begin = lines.start_of(lines.number_at(made.place.start))
    lead = source[begin : made.place.start]
    indent = lead[: len(lead) - len(lead.lstrip())].decode()
    at = lines.end_of(lines.number_at(max(made.place.start, made.place.end - 1)))
    rest = source[at:].replace(b"\r\n", b"\n")
    there = len(rest) - len(rest.lstrip(b"\n"))
    after = max(0, blank - there) if rest.strip() else 0
    text = "\n" * blank + "".join(f"{indent}{it}\n" for it in written) + "\n" * after
    return Edit(Span(at, at), text if source[:at].endswith(b"\n") else f"\n{text}")
