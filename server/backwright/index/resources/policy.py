"""What a resource's class or the project's settings say: who may ask, how often, and for what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.code import Expr
from backwright.index.evaluation import members
from backwright.index.evaluation.runner import Runner
from backwright.index.frameworks import roles
from backwright.index.mounting.registrars import flat
from backwright.index.url_tables.projects import Projects
from backwright.index.url_tables.roles import url_roles
from backwright.index.url_tables.views import Answer, View
from backwright.index.url_tables.vocabulary import Resource
from backwright.index.values import (
    Arguments,
    ClassValue,
    External,
    FunctionValue,
    Map,
    Object,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


@dataclass(frozen=True, slots=True)
class Said:
    """`before` is what the class puts before the method, `default` what the settings do."""

    before: tuple[Value, ...] = ()
    default: tuple[Value, ...] = ()
    request_model: Value | None = None
    response_model: Value | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """`root` is a file of the project whose settings hold."""

    runner: Runner
    projects: Projects
    root: str

    def of(self, view: View, answer: Answer) -> Said:
        framework = view.framework
        resource = framework.resource if framework is not None else None
        if resource is None:
            return Said()
        guards = self._chosen(resource, view) or self._said(resource.guards, view)
        limits = self._said(resource.limits, view)
        said = self.runner.settled(self._said(resource.model, view) or Unknown())
        model = said if isinstance(said, ClassValue) else None
        general = self._setting(resource, resource.guards_setting) if guards is None else None
        if limits is None:
            limits = self._setting(resource, resource.limits_setting)
        return Said(
            (*self._guards(guards, answer), *self._limits(limits, resource, view)),
            tuple(self._guards(general, answer)),
            model if answer.method in _WITH_BODY else None,
            model if answer.method != "DELETE" else None,
        )

    def _said(self, name: str, view: View) -> Value | None:
        """What the class says, None when it does not. A function says it by a decorator of that
        name, an action by the options that its class is made a handler with."""
        if not view.is_class:
            decorators = (it for it in view.decorators if isinstance(it, Object))
            said = (it for it in decorators if it.origin.rpartition(".")[2] == name)
            return next((it.arguments.get((0,)) for it in said), None)
        found = view.attribute(name)
        return self.runner.settled(found) if found is not None else None

    def _chosen(self, resource: Resource, view: View) -> Value | None:
        """The guards among which a method of the class chooses; none of them where one that it
        names guards nothing, since it is not known for which requests."""
        method = members.of_class(view.class_, resource.guards_method) if view.class_ else None
        facts = self.runner.facts_of(method.file) if isinstance(method, FunctionValue) else None
        if not isinstance(method, FunctionValue) or facts is None:
            return None
        named: list[Value] = []
        for expr in walk.deep_expressions(method.facts, facts):
            if isinstance(expr, code.Call):
                named += self._made(expr.function, method, resource, view)
        guards = [it for it in named if _origins(it) & roles().guards]
        return Seq(guards if len(guards) == len(named) else [])

    def _made(
        self, called: Expr, method: FunctionValue, resource: Resource, view: View
    ) -> list[Value]:
        """The class whose instance a call makes; for `super()` those that else would hold."""
        if called == code.Name("super"):
            own = self._said(resource.guards, view)
            general = self._setting(resource, resource.guards_setting)
            return list(self._classes(own if own is not None else general)) or [Unknown()]
        match called:
            case code.Name(name):
                found = method.scope.find(name)
            case code.Member(code.Name(owner), name):
                holder = method.scope.find(owner)
                found = self.runner.attribute(holder, name) if holder is not None else None
            case _:
                return []
        value = self.runner.settled(found) if found is not None else None
        return [value] if isinstance(value, External | ClassValue) else []

    def _setting(self, resource: Resource, name: str) -> Value:
        return self.projects.entry_of(self.runner, self.root, resource.settings, name)

    def _guards(self, given: Value | None, answer: Answer) -> Iterator[Value]:
        reads = answer.method in _READING
        for value in self._classes(given):
            if not (reads and _origins(value) & url_roles().reading):
                yield value

    def _limits(self, given: Value | None, resource: Resource, view: View) -> list[Value]:
        """One limiter with the rates of all that are given."""
        found = [self._rate(it, resource, view) for it in self._classes(given)]
        rates: list[Value] = [Str((it,)) for it in found if it]
        if not rates:
            return []
        return [Object(resource.limiter, Arguments([Seq(rates)]), Site(self.root, 0, 0, 1))]

    def _rate(self, value: Value, resource: Resource, view: View) -> str:
        if isinstance(value, ClassValue):
            rate = members.of_class(value, resource.rate)
            if isinstance(rate, Str):
                return rate.text
        scope = self._scope(value, resource, view)
        rates = self._setting(resource, resource.rates_setting)
        rate = rates.items.get(scope) if isinstance(rates, Map) else None
        return rate.text if isinstance(rate, Str) else ""

    def _scope(self, value: Value, resource: Resource, view: View) -> str:
        own = (
            members.of_class(value, resource.rate_scope) if isinstance(value, ClassValue) else None
        )
        if isinstance(own, Str):
            return own.text
        for origin in _origins(value):
            role = url_roles().throttles.get(origin)
            if role is not None and role.scope:
                return role.scope
        said = view.attribute(resource.scope)
        return said.text if isinstance(said, Str) else ""

    def _classes(self, given: Value | None) -> Iterator[Value]:
        """The classes of a list; settings name them."""
        for value in flat([given]):
            known = self.runner.settled(value)
            if isinstance(known, Str) and known.known:
                path = self.projects.settings_for(self.root) or self.root
                found = self.runner.named(path, known.text)
                known = External(known.text) if isinstance(found, Unknown) else found
            yield from flat([known]) if isinstance(known, Seq) else [known]


def _origins(value: Value) -> set[str]:
    if isinstance(value, External):
        return {value.origin}
    lineage = value.lineage() if isinstance(value, ClassValue) else []
    return {it.origin for it in lineage if isinstance(it, External)}
