"""What a name from outside is to tables of addresses and to resources, by its origin."""

from __future__ import annotations

from functools import cache

import msgspec

from backwright.index.frameworks import ClassView, Framework, frameworks
from backwright.index.url_tables.vocabulary import (
    MethodFilter,
    ResourceAction,
    ResourceRouter,
    TemplateCall,
    Throttle,
    UrlConverter,
    UrlEntry,
    UrlInclude,
    UrlPrefix,
    UrlTable,
)


class UrlRoles(msgspec.Struct, frozen=True):
    frameworks: tuple[Framework, ...]
    tables: tuple[UrlTable, ...]
    entries: dict[str, tuple[Framework, UrlEntry]]
    includes: dict[str, UrlInclude]
    prefixes: dict[str, UrlPrefix]
    converters: dict[str, UrlConverter]
    filters: dict[str, tuple[Framework, MethodFilter]]
    views: dict[str, tuple[Framework, ClassView]]
    routers: dict[str, tuple[Framework, ResourceRouter]]
    templates: dict[str, TemplateCall]
    actions: dict[str, ResourceAction]
    throttles: dict[str, Throttle]
    reading: frozenset[str]
    """Guards that let through whoever only reads."""
    exempting: frozenset[str]
    excluded: tuple[str, ...]


@cache
def url_roles() -> UrlRoles:
    all_of = [it for it in frameworks() if it.family in {"url-tables", "resources"}]
    tables = tuple(it.url_table for it in all_of if it.url_table is not None)
    return UrlRoles(
        tuple(all_of),
        tables,
        {o: (f, it) for f in all_of for it in f.url_entry for o in it.origins},
        {o: it for f in all_of for it in f.url_include for o in it.origins},
        {o: it for f in all_of for it in f.url_prefix for o in it.origins},
        {o: it for f in all_of for it in f.url_converter for o in it.origins},
        {o: (f, it) for f in all_of for it in f.method_filter for o in it.origins},
        {o: (f, it) for f in all_of for it in f.class_view for o in it.origins},
        {o: (f, it) for f in all_of for it in f.resource_router for o in it.origins},
        {o: it for f in all_of for it in f.template_call for o in it.origins},
        {o: it for f in all_of for it in f.resource_action for o in it.origins},
        {o: it for f in all_of for it in f.throttle for o in it.origins},
        frozenset(o for f in all_of for it in f.guard if it.reading for o in it.origins),
        frozenset(o for it in tables for o in it.exempting),
        tuple(o for f in all_of for o in f.excluded_apps),
    )
