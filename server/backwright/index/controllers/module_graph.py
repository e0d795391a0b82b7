"""Which controllers an app reaches: through the imports of its modules."""

from __future__ import annotations

from dataclasses import dataclass, field

from backwright.index.controllers.decorations import entries, meant, of_class
from backwright.index.controllers.vocabulary import ControllerTable
from backwright.index.evaluation.runner import Runner
from backwright.index.mounting.registrars import flat
from backwright.index.values import (
    Arguments,
    ClassValue,
    External,
    FunctionValue,
    Map,
    Object,
    Str,
    Value,
)

MAX_DEPTH = 20
"""How many modules may stand under each other."""


@dataclass(slots=True)
class Reached:
    """What the modules of an app hold. `controllers` come with the module that lists them;
    `paths` are those of modules that stand under one, None for one that is not known."""

    controllers: list[tuple[ClassValue, ClassValue]] = field(default_factory=list)
    paths: dict[int, str | None] = field(default_factory=dict)
    guards: list[Value] = field(default_factory=list)
    pipes: list[Value] = field(default_factory=list)
    limit: Map | None = None


def reach(runner: Runner, table: ControllerTable, root: Value | None) -> Reached:
    walk = _Walk(runner, table)
    walk.visit(root)
    return walk.found


@dataclass(slots=True)
class _Walk:
    runner: Runner
    table: ControllerTable
    found: Reached = field(default_factory=Reached)
    seen: dict[int, Value] = field(default_factory=dict)

    def visit(self, value: Value | None) -> None:
        value = meant(self.runner, value, self.table.forward)
        if value is None or id(value) in self.seen:
            return
        self.seen[id(value)] = value
        match value:
            case ClassValue():
                for arguments in of_class(value, self.table.modules, self.table.together):
                    self._take(value, arguments.get((0,)))
            case Map():  # what forRoot() answers
                module = meant(self.runner, value.items.get("module"), self.table.forward)
                self.visit(module)
                if isinstance(module, ClassValue):
                    self._take(module, value)
            case Object() if value.origin in self.table.under:
                for tree in flat([value.arguments.get((0,))]):
                    self._place(tree, "")
            case Object() if value.origin in self.table.throttling:
                self.found.limit = _first_limit(value.arguments.get((0,)))

    def _take(self, module: ClassValue, metadata: Value | None) -> None:
        for inner in entries(metadata, "imports"):
            self.visit(inner)
        for controller in entries(metadata, "controllers"):
            class_ = meant(self.runner, controller, self.table.forward)
            if isinstance(class_, ClassValue):
                self.found.controllers.append((class_, module))
        for provider in entries(metadata, "providers"):
            self._provide(self.runner.settled(provider))

    def _provide(self, provider: Value) -> None:
        token = provider.items.get("provide") if isinstance(provider, Map) else None
        if not isinstance(provider, Map) or not isinstance(token, External):
            return
        given = (provider.items.get(it) for it in ("useClass", "useExisting", "useValue"))
        value = next((it for it in given if it is not None), None)
        if value is None and "useFactory" in provider.items:
            factory = self.runner.settled(provider.items["useFactory"])
            if isinstance(factory, FunctionValue):
                value = self.runner.call_function(factory, Arguments(), unknown=True)
        if value is not None and token.origin == self.table.guard_token:
            self.found.guards.append(self.runner.settled(value))
        elif value is not None and token.origin == self.table.pipe_token:
            self.found.pipes.append(self.runner.settled(value))

    def _place(self, tree: Value, above: str | None, depth: int = 0) -> None:
        """`{ path: "admin", module: AdminModule, children: [MetricsModule] }`"""
        tree = meant(self.runner, tree, self.table.forward) or tree
        if isinstance(tree, ClassValue):
            self.found.paths[id(tree)] = above
            return
        if not isinstance(tree, Map) or depth > MAX_DEPTH:
            return
        path = tree.items.get("path")
        known = isinstance(path, Str) and path.known and above is not None
        whole = f"{above}/{path.text.strip('/')}" if known and isinstance(path, Str) else None
        module = meant(self.runner, tree.items.get("module"), self.table.forward)
        if module is not None:
            self.found.paths[id(module)] = whole
        for child in entries(tree, "children"):
            self._place(child, whole, depth + 1)


def _first_limit(given: Value | None) -> Map | None:
    """The settings of the first limiter: in a list, under `throttlers`, or plain."""
    if isinstance(given, Map) and "throttlers" in given.items:
        given = given.items["throttlers"]
    return next((it for it in flat([given]) if isinstance(it, Map)), None)
