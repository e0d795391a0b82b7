"""Which variables of the environment a file reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from backwright.facts import code, walk
from backwright.facts.code import Expr, FileFacts, Step
from backwright.syntax.language import grammars_folder, languages


class Environment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a language's `environment.toml` says; see `grammars/python/environment.toml`."""

    words: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


@cache
def environment(language: str) -> Environment:
    """How code of the language reads the environment; dialects share the file of their reader."""
    known = languages().get(language)
    file = grammars_folder() / (known.reader if known is not None else language) / _FILE
    if not file.is_file():
        return Environment()
    return msgspec.toml.decode(file.read_bytes(), type=Environment)


def variables(facts: FileFacts, source: bytes) -> list[str]:
    """The names of the variables that the file reads, in the order of the alphabet."""
    known = environment(facts.language)
    if not any(word.encode() in source for word in known.words):
        return []
    origins = _origins(facts)
    found: set[str] = set()
    for step in walk.every_step(facts):
        if isinstance(step, code.Assign) and isinstance(step.target, code.Table):
            table = _origin(step.value, origins)
            if table in known.tables:  # const { PORT } = process.env
                keys = (key for key, _ in step.target.entries)
                found.update(key.value for key in keys if isinstance(key, code.Text))
        for whole in _read_in(step):
            for expr in walk.inner(whole):
                found.update(_read_by(expr, known, origins, facts))
    for function in facts.functions:
        for parameter in function.parameters:
            for expr in walk.inner(parameter.default) if parameter.default is not None else ():
                found.update(_read_by(expr, known, origins, facts))
    return sorted(name for name in found if _VARIABLE.fullmatch(name))


_FILE = "environment.toml"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_UPPER = re.compile(r"[A-Z_][A-Z0-9_]*")


def _read_by(
    expr: Expr, known: Environment, origins: dict[str, str], facts: FileFacts
) -> Iterator[str]:
    match expr:
        case code.Member(owner, name):
            if _UPPER.fullmatch(name) and _origin(owner, origins) in known.tables:
                yield name
        case code.Call(function, arguments):
            origin = _origin(function, origins)
            first = arguments[0].value if arguments else None
            if isinstance(first, code.Text) and _is_one(origin, known.functions):
                yield first.value
            elif any(_origin(it.value, origins) in known.tables for it in arguments):
                yield from _schema(expr, facts)  # schema.parse(process.env)
        case _:
            pass


def _schema(call: code.Call, facts: FileFacts) -> Iterator[str]:
    """The names in the tables that the whole environment is checked against."""
    named = {expr.name for expr in walk.inner(call) if isinstance(expr, code.Name)}
    sources: list[Expr] = [call]
    sources += (
        step.value
        for step in facts.steps
        if isinstance(step, code.Assign)
        and isinstance(step.target, code.Name)
        and step.target.name in named
        and step.value is not None
    )
    for source in sources:
        for expr in walk.inner(source):
            if isinstance(expr, code.Table):
                for key, _ in expr.entries:
                    if isinstance(key, code.Text) and _UPPER.fullmatch(key.value):
                        yield key.value


def _origins(facts: FileFacts) -> dict[str, str]:
    """What the names of the file stand for, as far as imports and plain assignments tell."""
    origins: dict[str, str] = {}
    for step in walk.steps(facts.steps):
        if isinstance(step, code.Import) and step.local:
            module = step.module.removeprefix("node:")
            whole = f"{module}.{step.name}" if step.name not in {"", "default"} else module
            origins[step.local] = whole if "." not in step.local else step.local
        elif isinstance(step, code.Assign) and isinstance(step.target, code.Name):
            origins.setdefault(step.target.name, _origin(step.value, origins))
    return origins


def _origin(expr: Expr | None, origins: dict[str, str]) -> str:
    if isinstance(expr, code.Call) and walk.dotted(expr.function) in {"require", "import"}:
        first = expr.arguments[0].value if expr.arguments else None
        return first.value if isinstance(first, code.Text) else ""
    dotted = walk.dotted(expr)
    first_name, separator, rest = dotted.partition(".")
    called = first_name.endswith("()")
    start = origins.get(first_name.removesuffix("()"), first_name.removesuffix("()"))
    return f"{start}{'()' if called else ''}{separator}{rest}"


def _is_one(origin: str, functions: tuple[str, ...]) -> bool:
    return origin in functions or f"{origin.rpartition('.')[0]}.*" in functions


def _read_in(step: Step) -> Iterator[Expr]:
    if isinstance(step, code.Assign):
        if step.value is not None:
            yield step.value
    else:
        yield from walk.own_expressions(step)
