"""Writes the route table of a Tornado app: `dump_tornado.py OUT ENTRY ROOT…`.

Tornado passes unnamed groups by position: they are named as the handler's method names them.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from load_entry import load_entry, write_table
from tornado.routing import PathMatches, Rule, RuleRouter
from tornado.web import Application, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketHandler

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")


def main(out: str, entry: str, *roots: str) -> None:
    """Loads the entry and writes its table to `out`."""
    here = str(Path(__file__).resolve().parent)
    app = load_entry(entry, list(roots))
    if not isinstance(app, Application):
        raise TypeError(f"{entry} is not a Tornado app")
    sys.path.append(here)
    write_table(out, _walk(app.default_router))


def _walk(router: RuleRouter) -> Iterator[tuple[str, str]]:
    for rule in router.rules:
        if isinstance(rule.target, RuleRouter):
            yield from _walk(rule.target)
        elif inspect.isclass(rule.target) and issubclass(rule.target, RequestHandler):
            yield from _of(rule, rule.target)


def _of(rule: Rule, handler: type[RequestHandler]) -> Iterator[tuple[str, str]]:
    from regex_words import words

    if issubclass(handler, StaticFileHandler) or not isinstance(rule.matcher, PathMatches):
        return
    answers = dict(_answers(handler))
    names = list(inspect.signature(next(iter(answers.values()))).parameters.values())[1:]
    given = [it.name for it in names if it.kind is it.POSITIONAL_OR_KEYWORD]
    for path in words(rule.matcher.regex.pattern):
        for method in answers:
            yield method, _named(path, given)


def _named(path: str, names: list[str]) -> str:
    left = iter(names)
    return re.sub(r"\{(\*?)\}", lambda m: f"{{{next(left, '')}{m[1]}}}", path)


def _answers(handler: type[RequestHandler]) -> Iterator[tuple[str, Any]]:
    if issubclass(handler, WebSocketHandler):
        yield "WEBSOCKET", handler.open
        return
    for verb in _VERBS:
        method = getattr(handler, verb)
        if method is not getattr(RequestHandler, verb):
            yield verb.upper(), method


if __name__ == "__main__":
    main(*sys.argv[1:])
