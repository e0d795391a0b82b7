"""Walks over steps and expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from backwright.facts import code
from backwright.facts.code import Expr, FileFacts, Function, Step


def steps(body: list[Step]) -> Iterator[Step]:
    """Every step of a body and of the blocks in it, but not those of definitions inside."""
    for step in body:
        yield step
        match step:
            case code.Branch():
                yield from steps(step.body)
                yield from steps(step.otherwise)
            case code.Loop():
                yield from steps(step.body)
            case code.Attempt():
                yield from steps(step.body)
                for _, handler in step.handlers:
                    yield from steps(handler)
            case _:
                pass


def own_expressions(step: Step) -> Iterator[Expr]:
    """The expressions that stand in the step itself, not in its blocks."""
    match step:
        case code.Assign():
            yield step.target
            if step.value is not None:
                yield step.value
            if step.annotation is not None:
                yield step.annotation
            yield from step.decorators
        case code.Do() | code.Export():
            yield step.value
        case code.Return() | code.Raise():
            if step.value is not None:
                yield step.value
        case code.Loop():
            yield step.iterable
        case code.Branch():
            yield step.test
        case _:
            pass


def inner(expr: Expr) -> Iterator[Expr]:
    """The expression and all that it is made of, the outermost first."""
    yield expr
    for part in parts(expr):
        yield from inner(part)


def parts(expr: Expr) -> Sequence[Expr]:
    """The expressions that it is made of directly."""
    parts_of = _PARTS.get(type(expr))
    return parts_of(expr) if parts_of is not None else ()


def expressions(body: list[Step]) -> Iterator[Expr]:
    """Every expression in a body, definitions and lambdas inside left out."""
    for step in steps(body):
        for expr in own_expressions(step):
            yield from inner(expr)


def every_step(facts: FileFacts) -> Iterator[Step]:
    """Every step of a file, those of its functions and classes too."""
    yield from steps(facts.steps)
    for function in facts.functions:
        yield from steps(function.steps)
    for class_ in facts.classes:
        yield from steps(class_.steps)


def deep_expressions(function: Function, facts: FileFacts) -> Iterator[Expr]:
    """Every expression of a function, of the functions defined in it and of its lambdas."""
    waiting, seen = [function], {function.start}
    while waiting:
        current = waiting.pop()
        for step in steps(current.steps):
            if isinstance(step, code.Define):
                found = facts.functions[step.function]
                if found.start not in seen:
                    seen.add(found.start)
                    waiting.append(found)
            for whole in own_expressions(step):
                for expr in inner(whole):
                    yield expr
                    if isinstance(expr, code.Lambda):
                        found = facts.functions[expr.function]
                        if found.start not in seen:
                            seen.add(found.start)
                            waiting.append(found)


def calls(body: list[Step]) -> Iterator[code.Call]:
    for expr in expressions(body):
        if isinstance(expr, code.Call):
            yield expr


def dotted(expr: Expr | None) -> str:
    """`a.b.c` for a chain of names; calls in it are written `()`, anything else makes it ""."""
    match expr:
        case code.Name(name):
            return name
        case code.Member(owner, name):
            before = dotted(owner)
            return f"{before}.{name}" if before else ""
        case code.Call(function):
            before = dotted(function)
            return f"{before}()" if before else ""
        case code.Element(owner, _):
            return dotted(owner)
        case _:
            return ""


def type_text(expr: Expr | None) -> str:
    """A type as it is written, as far as it is made of names."""
    match expr:
        case None:
            return ""
        case code.Constant(name):
            return {"none": "None"}.get(name, name)
        case code.Text(value):
            return value
        case code.Element(owner, key):
            return f"{type_text(owner)}[{type_text(key)}]"
        case code.Items(values):
            return ", ".join(type_text(value) for value in values)
        case code.Operation("|", operands):
            return " | ".join(type_text(operand) for operand in operands)
        case _:
            return dotted(expr)


# By type, as a project has a million expressions and matching them one by one takes four times as
# long.
_PARTS: dict[type, Callable[[Any], Sequence[Expr]]] = {
    code.Template: lambda it: it.parts,
    code.Member: lambda it: (it.object,),
    code.Element: lambda it: (it.object, it.key),
    code.Call: lambda it: (it.function, *[argument.value for argument in it.arguments]),
    code.Items: lambda it: it.values,
    code.Table: lambda it: [part for entry in it.entries for part in entry if part is not None],
    code.Operation: lambda it: it.operands,
    code.Choice: lambda it: (it.test, it.then, it.otherwise),
}
