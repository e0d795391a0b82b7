"""An operation that clients can ask for, however its schema is written."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import structs

from backwright.facts.backend import Location, RouteParameter
from backwright.index.frameworks import Framework
from backwright.index.graphql.vocabulary import Kind
from backwright.index.mounting.events import Endpoint, Registered
from backwright.index.values import Arguments, FunctionValue, Map, Object, Site, Unknown, Value
from backwright.index.wrappers import unwrapped

_NAMELESS = frozenset({"", "resolve", "subscribe"})
"""Names of functions that say nothing of what they resolve."""


@dataclass(frozen=True, slots=True)
class Operation:
    """`handler` is None where only the schema tells of it; `site` is where it is declared."""

    framework: Framework
    kind: Kind
    name: str
    site: Site
    handler: Value | None = None
    arguments: tuple[tuple[str, str, bool], ...] = ()
    before: tuple[Value, ...] = ()

    def endpoint(self) -> Endpoint:
        location: Location = "query" if self.kind == "QUERY" else "body"
        owner = Object("", Arguments(), Site(self.site.file, 0, 0, 1))
        handler = self.handler if self.handler is not None else Object("", Arguments(), self.site)
        inner = unwrapped(handler)[-1]
        if isinstance(inner, FunctionValue) and inner.facts.name in _NAMELESS and not inner.maker:
            inner.facts = structs.replace(inner.facts, name=self.name)
        if isinstance(handler, Unknown | Map) or self.handler is None:
            handler = Object("", Arguments(), self.site, name=self.name)
        event = Registered(
            owner=owner,
            targets=((self.kind, handler),),
            path=Map(),
            before=self.before,
            response_model=None,
            status=None,
            protocol="graphql",
            site=self.site,
            order=0,
            declared=(),
            parameters=tuple(
                RouteParameter(name, location, kind, required)
                for name, kind, required in self.arguments
            ),
        )
        return Endpoint(event, self.framework, self.name, self.name, True, event.before, owner)
