"""The addresses that a router makes of each resource that is registered on it.

They come out as entries of a url table, each with the resource made a handler for the methods that
it answers there, which is what the router itself does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from backwright.index.evaluation import members
from backwright.index.evaluation.runner import Runner
from backwright.index.frameworks import Framework
from backwright.index.mounting.registrars import flat, origin_of
from backwright.index.resources.actions import Action, actions_of
from backwright.index.resources.registry import REGISTERED, TABLE, registry
from backwright.index.url_tables.roles import url_roles
from backwright.index.url_tables.views import View, action_handler, members_from_outside
from backwright.index.url_tables.vocabulary import Resource, ResourceRouter, ResourceTemplate
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    Map,
    Object,
    Seq,
    Site,
    Str,
    Value,
)

MAX_PARENTS = 8

_PLACE = re.compile(r"\{\w+\}")


def expanded(value: Object, runner: Runner) -> list[Value] | None:
    """The entries that stand for a router's table; None for what is no such table."""
    router = value.receiver
    if value.origin != TABLE or router is None:
        return None
    framework, role = url_roles().routers[router.origin]
    if framework.resource is None:
        return None
    made = _Router(router, framework, role, framework.resource, runner)
    return [entry for item in registry(router, role).items for entry in made.entries(item)]


@dataclass(frozen=True, slots=True)
class _Made:
    """One address of a resource, with the methods that it answers and the action of each."""

    url: str
    name: str
    mapping: Mapping[str, str]
    options: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Router:
    router: Object
    framework: Framework
    role: ResourceRouter
    resource: Resource
    runner: Runner

    def entries(self, item: Value) -> Iterator[Value]:
        if not isinstance(item, Object) or item.origin != REGISTERED:
            return
        prefix = item.arguments.get(self.role.prefix)
        class_ = self.runner.settled(item.arguments.get(self.role.resource) or Const(None))
        if not isinstance(prefix, Str):
            prefix = Str((None,))
        if not isinstance(class_, ClassValue) and not members_from_outside(origin_of(class_)):
            yield self._unknown(prefix, class_, item.site)
            return
        for template in self.templates():
            for made in self._made_for(class_, template, prefix.text):
                parts = (made.url,) if prefix.known else (made.url, None)
                named = f"{self._basename(item.arguments, class_)}-{made.name}"
                yield _entry(parts, class_, made, named, item.site)

    def templates(self) -> list[ResourceTemplate]:
        """The project's own, where its class of routers has some."""
        own = (
            members.of_class(self.router.class_, self.role.templates)
            if self.router.class_
            else None
        )
        if not isinstance(own, Seq):
            return list(self.framework.resource_template)
        found: list[ResourceTemplate] = []
        for item in own.items:
            if isinstance(item, Object) and item.origin in url_roles().templates:
                found += _template(item)
            elif isinstance(item, External):  # [...] + SimpleRouter.routes
                found += self.framework.resource_template
        return found

    def _made_for(self, class_: Value, template: ResourceTemplate, prefix: str) -> Iterator[_Made]:
        if "{url_path}" in template.url:
            for action in actions_of(class_, self.runner):
                if action.detail is template.detail:
                    url = self._url(class_, template, prefix, action)
                    yield _Made(url, action.name, action.mapping, action.options)
            return
        view = View(
            (), class_, class_ if isinstance(class_, ClassValue) else None, origin_of(class_)
        )
        mapping = {
            verb: action
            for verb, action in template.mapping.items()
            if action_handler(view, action) is not None
        }
        if mapping:
            yield _Made(self._url(class_, template, prefix), template.name, mapping)

    def _url(
        self, class_: Value, template: ResourceTemplate, prefix: str, action: Action | None = None
    ) -> str:
        parts = {
            "{prefix}": prefix,
            "{lookup}": self.lookup(class_),
            "{trailing_slash}": self.slash(),
            "{url_path}": action.path if action is not None else "",
        }
        url = _filled(template.url, parts)
        if not prefix and url.startswith("^/"):
            url = f"^{url[2:]}"
        return url.replace("^", f"^{self.parent_pattern()}", 1)

    def lookup(self, class_: Value, before: str = "") -> str:
        """The pattern of the parameter that names one item."""
        names = (_text(self._said(class_, it)) for it in self.resource.lookup)
        name = next((it for it in names if it), self.resource.lookup_default)
        pattern = _text(self._said(class_, self.resource.pattern))
        return f"(?P<{before}{name}>{pattern or self.resource.pattern_default})"

    def slash(self, depth: int = 0) -> str:
        given = self.router.arguments.get(self.role.slash)
        if isinstance(given, Const):
            return "/" if given.value else ""
        for place in self.role.slash:
            kept = self.router.attributes.get(str(place)) or self._of_class(str(place))
            if isinstance(kept, Str):
                return kept.text
        parent = self._parent()
        return parent.slash(depth + 1) if parent is not None and depth < MAX_PARENTS else "/"

    def parent_pattern(self, depth: int = 0) -> str:
        """What the routers above put before every address of this one."""
        parent = self._parent()
        prefix = _text(self.router.arguments.get(self.role.parent_prefix))
        if parent is None or depth > MAX_PARENTS:
            return ""
        named = _text(self.router.arguments.get(self.role.parent_lookup))
        before = f"{named or f'nested_{self.level()}'}_"
        for item in registry(parent.router, parent.role).items:
            given = item.arguments if isinstance(item, Object) else Arguments()
            if _text(given.get(parent.role.prefix)) == prefix:
                class_ = self.runner.settled(given.get(parent.role.resource) or Const(None))
                own = f"{prefix}/{parent.lookup(class_, before)}/".removeprefix("/")
                return parent.parent_pattern(depth + 1) + own
        return f"{prefix}/"

    def level(self) -> int:
        """How many routers are above."""
        level, above = 0, self._parent()
        while above is not None and level < MAX_PARENTS:
            level, above = level + 1, above._parent()
        return level

    def _parent(self) -> _Router | None:
        given = self.router.arguments.get(self.role.parent) if self.role.parent else None
        found = url_roles().routers.get(given.origin) if isinstance(given, Object) else None
        if found is None or not isinstance(given, Object):
            return None
        return _Router(given, found[0], found[1], self.resource, self.runner)

    def _said(self, class_: Value, name: str) -> Value | None:
        found = members.of_class(class_, name) if isinstance(class_, ClassValue) else None
        return self.runner.settled(found) if found is not None else None

    def _of_class(self, name: str) -> Value | None:
        return self._said(self.router.class_, name) if self.router.class_ is not None else None

    def _basename(self, given: Arguments, class_: Value) -> str:
        """What the names of its addresses begin with: as given, or the model's name."""
        if named := _text(given.get(self.role.name)):
            return named
        queried = self._said(class_, "queryset")
        while isinstance(queried, Object):
            if queried.class_ is not None:
                return queried.class_.facts.name.lower()
            queried = queried.receiver
        return ""

    def _unknown(self, prefix: Str, class_: Value, site: Site) -> Value:
        """A resource of a package: what it answers below its prefix is not known."""
        parts = (f"^{self.parent_pattern()}{prefix.text}{self.slash()}", None)
        return _entry(parts, class_, _Made("", "", {}), "", site)


def _entry(url: tuple[str | None, ...], class_: Value, how: _Made, name: str, site: Site) -> Value:
    table = Map({verb: Str((action,)) for verb, action in how.mapping.items()})
    origin = origin_of(class_)
    known = class_ if isinstance(class_, ClassValue) else None
    made = Object(f"{origin}.as_view", Arguments([table], dict(how.options)), site)
    if known is not None:
        made.receiver = Object(origin, Arguments(), site, known)
    entry, role = next(it for it in url_roles().entries.items() if it[1][1].style == "regex")
    keyword = next(it for it in role[1].name if isinstance(it, str))
    return Object(entry, Arguments([Str(url), made], {keyword: Str((name,))}), site)


def _template(item: Object) -> Iterator[ResourceTemplate]:
    role = url_roles().templates[item.origin]
    detail = item.arguments.get(role.detail)
    given = item.arguments.get(role.mapping) if role.mapping else None
    mapping = given.items if isinstance(given, Map) else {}
    yield ResourceTemplate(
        url=_text(item.arguments.get(role.url)),
        detail=isinstance(detail, Const) and detail.value is True,
        mapping={verb: it.text for verb, it in mapping.items() if isinstance(it, Str)},
        name=_text(item.arguments.get(role.name)).removeprefix("{basename}-"),
    )


def _filled(url: str, parts: Mapping[str, str]) -> str:
    """The template with its parts; braces in those are no places to fill."""
    return _PLACE.sub(lambda found: parts.get(found[0], found[0]), url)


def _text(value: Value | None) -> str:
    texts = [it.text for it in flat([value]) if isinstance(it, Str) and it.known]
    return texts[0] if texts else ""
