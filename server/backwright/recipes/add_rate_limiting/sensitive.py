"""Which endpoints hand out access: guessing there is what a stricter limit has to stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backwright.facts import code, walk
from backwright.facts.backend import Route
from backwright.facts.code import Function
from backwright.recipes.add_rate_limiting.rate import Rate
from backwright.recipes.project import Project

USUAL = Rate(60)
STRICT = Rate(5)

_SECRET = re.compile(
    r"password|passwd|passphrase|OAuth2PasswordRequestForm|\botp\b|pin_?code", re.I
)
_TOKEN = re.compile(r"token|jwt|session_?id|log_?in_?user|login_user", re.I)


def default_rate(project: Project, route: Route) -> Rate:
    """What holds where nobody says: strict for an open endpoint that trades a secret for access."""
    if route.method not in {"POST", "ANY"} or route.guards:
        return USUAL
    words = set(_words(project, route))
    takes = any(_SECRET.search(it) for it in words)
    gives = any(_TOKEN.search(it) for it in words)
    return STRICT if takes and gives else USUAL


def _words(project: Project, route: Route) -> Iterator[str]:
    """Every name and key in the handler, in what it calls, and in the schemas that it names."""
    yield from (route.request_model, route.response_model)
    file = route.handler_place.file
    function = project.function_at(file, route.handler_place.start)
    facts = project.facts(file)
    if function is None or facts is None:
        return
    yield from _function_words(project, file, function)
    for found in project.definitions.used_by(file, function):
        if found.kind == "class":
            yield from _class_words(project, found.place.file, found.place.start)
        elif found.kind == "function":
            inner = project.function_at(found.place.file, found.place.start)
            if inner is not None:
                yield from _function_words(project, found.place.file, inner)


def _function_words(project: Project, file: str, function: Function) -> Iterator[str]:
    facts = project.facts(file)
    if facts is None:
        return
    for parameter in function.parameters:
        yield parameter.name
        yield walk.type_text(parameter.annotation)
    for expr in walk.deep_expressions(function, facts):
        match expr:
            case code.Name(name) | code.Member(_, name):
                yield name
            case code.Call(_, arguments):
                yield from (it.name for it in arguments)
            case code.Table(entries):
                yield from (key.value for key, _ in entries if isinstance(key, code.Text))
            case _:
                pass
    for step in walk.steps(function.steps):
        if isinstance(step, code.Assign) and isinstance(step.target, code.Table):
            yield from (it.value for it, _ in step.target.entries if isinstance(it, code.Text))


def _class_words(project: Project, file: str, start: int) -> Iterator[str]:
    facts = project.facts(file)
    for class_ in facts.classes if facts is not None else ():
        if class_.start == start:
            for step in class_.steps:
                if isinstance(step, code.Assign):
                    yield walk.dotted(step.target)
