"""Writes the route table of a Django project: `dump_django.py OUT SETTINGS ROOT…`.

The table is that of Django's own resolver, walked pattern by pattern. The admin, static files and
whatever else a package brings along as a whole table are left out, and so are the page and the
format suffixes that a router of Django REST framework adds by itself.
"""

from __future__ import annotations

import functools
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from load_entry import write_table
from regex_words import words

PAGES = (
    "django.contrib.admin",
    "django.contrib.staticfiles",
    "django.views.static",
    "drf_spectacular",
    "rest_framework.schemas",
    "ninja.openapi",
)
_PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


def main(out: str, settings: str, *roots: str) -> None:
    """Sets the project up and writes its table to `out`."""
    here = Path(__file__).resolve().parent
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    sys.path[:] = [*roots, *(it for it in sys.path if Path(it).resolve() != here)]
    import django
    from django.urls import get_resolver

    django.setup()
    write_table(out, _walk(get_resolver(), ["/"], tuple(roots)))


def _walk(resolver: Any, prefixes: list[str], roots: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    from django.urls import URLResolver

    for entry in resolver.url_patterns:
        paths = [head + tail for head in prefixes for tail in _spellings(entry.pattern)]
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin" and not _is_of_package(entry.urlconf_name, roots):
                yield from _walk(entry, paths, roots)
        elif not _is_left_out(entry):
            for method in _methods(entry.callback, roots):
                yield from ((method, path) for path in paths)


def _is_of_package(table: object, roots: tuple[str, ...]) -> bool:
    if not isinstance(table, ModuleType):
        return False
    return not str(table.__file__).startswith(roots)


def _is_left_out(entry: Any) -> bool:
    view = inspect.unwrap(entry.callback)
    view = view.func if isinstance(view, functools.partial) else view
    made_of = getattr(entry.callback, "cls", None) or getattr(entry.callback, "view_class", view)
    suffixed = "drf_format_suffix" in str(entry.pattern) or r"\.(?P<format>" in str(entry.pattern)
    root = getattr(made_of, "__name__", "") == "APIRootView"
    return suffixed or root or str(getattr(made_of, "__module__", "")).startswith(PAGES)


def _spellings(pattern: Any) -> list[str]:
    from django.urls import resolvers

    if isinstance(pattern, resolvers.LocalePrefixPattern):
        bare = [] if pattern.prefix_default_language else [""]
        return [*bare, "{language}/"]
    if isinstance(pattern, resolvers.RegexPattern):
        return words(str(pattern._regex))

    def place(found: re.Match[str]) -> str:
        name = found["name"]
        crosses = any(re.fullmatch(pattern.converters[name].regex, it) for it in ("a/b", "1/2"))
        return f"{{{name}{'*' if crosses else ''}}}"

    return [_PLACE.sub(place, str(pattern._route))]


def _methods(callback: Callable[..., Any], roots: tuple[str, ...]) -> list[str]:
    operations = getattr(_behind(callback), "operations", None)  # of Django Ninja
    if operations is not None:
        return [method for operation in operations for method in operation.methods]
    made_of = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    declared = _declared(callback)
    if made_of is None:
        return declared or ["ANY"]
    options = {**getattr(callback, "initkwargs", {}), **getattr(callback, "view_initkwargs", {})}
    allowed = [it.upper() for it in options.get("http_method_names", made_of.http_method_names)]
    answered = getattr(callback, "actions", None) or [
        it.lower() for it in allowed if callable(getattr(made_of, it.lower(), None))
    ]
    found = [
        it.upper()
        for it in answered
        if it.upper() in allowed
        and (it not in {"head", "options"} or _is_own(getattr(made_of, it, None), roots))
    ]
    if not found and _is_own(made_of.dispatch, roots):
        return ["ANY"]
    return [it for it in found if not declared or it in declared]


def _behind(callback: Callable[..., Any]) -> object:
    """The object whose method it is, or that it encloses."""
    held = inspect.getclosurevars(callback).nonlocals if inspect.isfunction(callback) else {}
    return getattr(callback, "__self__", held.get("self"))


def _declared(callback: Callable[..., Any]) -> list[str]:
    """The methods that `require_http_methods` and its kind let through."""
    view: Any = callback
    while view is not None:
        if isinstance(view, functools.partial):
            view = view.func
        if inspect.isfunction(view):
            held = inspect.getclosurevars(view).nonlocals
            if "request_method_list" in held:
                return list(held["request_method_list"])
        view = getattr(view, "__wrapped__", None)
    return []


def _is_own(function: object, roots: tuple[str, ...]) -> bool:
    code = getattr(inspect.unwrap(function), "__code__", None) if callable(function) else None
    return code is not None and str(code.co_filename).startswith(roots)


if __name__ == "__main__":
    main(*sys.argv[1:])
