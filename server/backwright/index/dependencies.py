"""What fills a handler's parameters: `Depends(f)`, what `f` depends on, `Annotated` extras."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.facts import code
from backwright.facts.code import Expr
from backwright.index.evaluate import Evaluator
from backwright.index.evaluation import members
from backwright.index.frameworks import roles
from backwright.index.inputs import Checked
from backwright.index.mounting.registrars import flat
from backwright.index.values import ClassValue, FunctionValue, Object, Seq, Value

MAX_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Dependencies:
    evaluator: Evaluator

    def of(self, value: Value, depth: int = 0) -> list[Checked]:
        """What `Depends(f)` runs: `f`, and what `f` depends on; [] for what is no dependency."""
        if not isinstance(value, Object) or depth > MAX_DEPTH:
            return []
        role = roles().dependencies.get(value.origin)
        if role is None:
            return []
        called = value.arguments.get(role.callable)
        if called is None:
            return []
        if isinstance(called, Seq):
            return [(it, "dependency") for it in flat(called.items)]
        found: list[Checked] = [(called, "dependency")]
        function = self.function_of(called)
        if function is None:
            return found
        for parameter in function.facts.parameters:
            for meta in self.metadata(parameter, function):
                found += self.of(meta, depth + 1)
        return found

    def function_of(self, called: Value) -> FunctionValue | None:
        """The function whose parameters are filled when `called` is."""
        match called:
            case FunctionValue():
                return called
            case ClassValue():
                found = members.of_class(called, "__init__")
            case Object() if called.class_ is not None:
                found = members.of_class(called.class_, "__call__")
            case _:
                return None
        return found if isinstance(found, FunctionValue) else None

    def metadata(self, parameter: code.Parameter, function: FunctionValue) -> list[Value]:
        """The values that say how a parameter is filled: its default, its annotation's extras."""
        found = [self.value(it, function) for it in parameter.decorators]
        if parameter.annotation is not None:
            annotation = self.value(parameter.annotation, function)
            if isinstance(annotation, Object) and annotation.origin.endswith(".Annotated"):
                found += annotation.arguments.positional[1:]
        if parameter.default is not None:
            found.append(self.value(parameter.default, function))
        return found

    def value(self, expr: Expr, function: FunctionValue) -> Value:
        return self.evaluator.eval_in(expr, function.file, function.scope)
