"""Values as a person would write them: types and defaults in the words of their library."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.facts import code
from backwright.index.evaluate import Evaluator
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    FunctionValue,
    Map,
    Method,
    Object,
    Seq,
    Str,
    Value,
)

UNKNOWN = "…"
_MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes values in the words of Python, or of scripts."""

    evaluator: Evaluator
    python: bool = True

    def type(self, value: Value) -> str:
        """A type: its own name without the module, with its arguments."""
        value = self.evaluator.settled(value)
        match value:
            case External(origin):
                return _last(origin)
            case Method():
                return value.name
            case Object() if value.class_ is not None:
                return value.class_.facts.name + self._arguments(value.arguments)
            case Object():
                return _last(value.origin) + self._arguments(value.arguments)
            case _:
                return self.code(value)

    def code(self, value: Value, depth: int = 0) -> str:
        """Any value; what is not known is `…`."""
        value = self.evaluator.settled(value)
        if depth > _MAX_DEPTH:
            return UNKNOWN
        match value:
            case Str():
                return self._string(value)
            case Const(constant):
                return self._constant(constant)
            case Seq(items):
                return f"[{', '.join(self.code(it, depth + 1) for it in items)}]"
            case Map(items):
                pairs = (f"{self._key(k)}: {self.code(v, depth + 1)}" for k, v in items.items())
                return f"{{{', '.join(pairs)}}}"
            case Object():
                return self._called(value, depth) + (
                    self._arguments(value.arguments, depth) or "()"
                )
            case _:
                return self._named(value, depth)

    def _named(self, value: Value, depth: int) -> str:
        match value:
            case ClassValue():
                return value.facts.name
            case External(origin):
                return _tail(origin)
            case Method():
                return f"{_tail(value.object.origin)}.{value.name}"
            case FunctionValue():
                return value.facts.name if _is_bound(value) else self._lambda(value, depth)
            case _:
                return UNKNOWN

    def _called(self, value: Object, depth: int) -> str:
        if value.class_ is not None:
            return value.class_.facts.name
        if value.receiver is None:
            return _tail(value.origin)
        owner = value.receiver.name or self.code(value.receiver, depth + 1)
        return f"{owner}.{_last(value.origin)}"

    def _arguments(self, arguments: Arguments, depth: int = 0) -> str:
        parts = [self.code(it, depth + 1) for it in arguments.positional]
        parts += [f"{name}={self.code(it, depth + 1)}" for name, it in arguments.keywords.items()]
        return f"({', '.join(parts)})" if parts else ""

    def _string(self, value: Str) -> str:
        text = "".join(part if part is not None else UNKNOWN for part in value.parts)
        return repr(text) if self.python else f"'{text.replace(chr(39), chr(92) + chr(39))}'"

    def _constant(self, constant: int | float | bool | None) -> str:
        if self.python or (isinstance(constant, int | float) and not isinstance(constant, bool)):
            return repr(constant)
        return {True: "true", False: "false", None: "null"}[constant]

    def _key(self, key: str) -> str:
        return repr(key) if self.python else key

    def _lambda(self, function: FunctionValue, depth: int) -> str:
        steps = function.facts.steps
        head = "lambda: " if self.python else "() => "
        if len(steps) != 1 or not isinstance(steps[0], code.Return) or steps[0].value is None:
            return head + UNKNOWN
        value = self.evaluator.eval_in(steps[0].value, function.file, function.scope)
        return head + self.code(value, depth + 1)


def _is_bound(function: FunctionValue) -> bool:
    """Whether its name is its own, not that of the option it is given as."""
    found = function.scope.find(function.facts.name) if function.facts.name else None
    return isinstance(found, FunctionValue) and found.facts is function.facts


def _last(origin: str) -> str:
    return origin.rpartition(".")[2]


def _tail(origin: str) -> str:
    """`datetime.utcnow` of `datetime.datetime.utcnow`: the name with what it is taken from, but
    not with the package."""
    parts = origin.removeprefix("builtins.").split(".")
    return ".".join(parts[-2:] if len(parts) > 2 or origin.startswith("builtins.") else parts[-1:])
