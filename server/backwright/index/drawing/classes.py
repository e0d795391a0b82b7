"""Classes of Ruby as values: a handler's class with its methods, those that it inherits too."""

from __future__ import annotations

from dataclasses import dataclass, field

from backwright.index.constants import Constants, Found
from backwright.index.values import ClassValue, External, FunctionValue, Scope, Value


@dataclass(slots=True)
class Classes:
    constants: Constants
    _made: dict[str, ClassValue] = field(default_factory=dict)

    def of(self, name: str) -> ClassValue:
        """The class of the project with that whole name."""
        known = self._made.get(name)
        if known is not None:
            return known
        first = self.constants.classes[name][0]
        scope = Scope(first.facts.path)
        made = ClassValue(first.class_, first.facts.path, scope, [])
        self._made[name] = made
        for above in self.constants.ancestors(name):
            if above not in self.constants.classes:
                made.bases.append(External(above.removeprefix("::").replace("::", ".")))
                continue
            for found in self.constants.methods(above):
                scope.names.setdefault(found.function.name, self._function(found, made))
        return made

    def method(self, name: str, wanted: str) -> FunctionValue | None:
        """The method that instances of the class answer with."""
        value: Value | None = self.of(name).scope.names.get(wanted)
        return value if isinstance(value, FunctionValue) else None

    def static(self, name: str, wanted: str) -> FunctionValue | None:
        """The method that the class or module itself answers with."""
        whole = self.constants.find(name)
        found = self.constants.method(whole, wanted, static=True) if whole else None
        if found is None:
            return None
        return FunctionValue(found.function, found.facts.path, Scope(found.facts.path))

    def _function(self, found: Found, owner: ClassValue) -> FunctionValue:
        return FunctionValue(found.function, found.facts.path, owner.scope, None, owner)
