"""Writes the route table of a Flask app: `dump_flask.py OUT ENTRY ROOT…`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from flask import Flask
from load_entry import load_entry, write_table
from werkzeug.routing import Rule

_LIBRARIES = ("flask.", "flask_restx.", "flask_smorest.", "flask_appbuilder.")
_PLACEHOLDER = re.compile(r"<(?:[^<>]*:)?([a-zA-Z_]\w*)>")


class _DeclaredRule(Rule):
    """A rule that keeps the methods it was made with: werkzeug adds HEAD to every GET."""

    def __init__(self, string: str, **options: Any) -> None:
        self.declared: frozenset[str] = frozenset(options.get("methods") or ())
        super().__init__(string, **options)


def main(out: str, entry: str, *roots: str) -> None:
    """Loads the entry and writes its table to `out`."""
    Flask.url_rule_class = _DeclaredRule
    app = load_entry(entry, list(roots))
    if not isinstance(app, Flask):
        raise TypeError(f"{entry} is not a Flask app")
    write_table(out, _walk(app))


def _walk(app: Flask) -> Iterator[tuple[str, str]]:
    # Blueprints of Flask-AppBuilder are named after their views, whose class tells where they are
    # from when the functions are wrapped.
    views = getattr(getattr(app, "appbuilder", None), "baseviews", ())
    modules = {it.endpoint: type(it).__module__ for it in views}
    for rule in app.url_map.iter_rules():
        view = app.view_functions.get(rule.endpoint)
        module = modules.get(rule.endpoint.partition(".")[0]) or _module_of(view)
        # Static files and pages of docs are served by views that live in the libraries.
        if rule.build_only or module.startswith(_LIBRARIES):
            continue
        if not isinstance(rule, _DeclaredRule):
            raise TypeError(f"{rule.rule} was made by another rule class")
        automatic = getattr(rule, "provide_automatic_options", False)
        for method in rule.declared:
            if method != "OPTIONS" or not automatic:
                yield method, _normal(rule)


def _module_of(view: object) -> str:
    """The module of a view's class where it is a method, or that of the view."""
    owner = getattr(view, "__self__", None)
    return str(getattr(view if owner is None else type(owner), "__module__", ""))


def _normal(rule: Rule) -> str:
    def placeholder(found: re.Match[str]) -> str:
        name = found[1]
        # A converter that may cross slashes does not isolate its part of the path.
        crosses = not rule._converters[name].part_isolating
        return f"{{{name}*}}" if crosses else f"{{{name}}}"

    return re.sub(r"/{2,}", "/", _PLACEHOLDER.sub(placeholder, rule.rule))


if __name__ == "__main__":
    main(*sys.argv[1:])
