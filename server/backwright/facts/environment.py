"""Which variables of the environment a file reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
    file = _File(facts, known, _origins(facts))
    file.readers.update(_readers(file))
    found: set[str] = set()
    for step in walk.every_step(facts):
        match step:
            case code.Assign(code.Table(entries), value) if file.is_table(value):
                keys = (key for key, _ in entries)  # const { PORT } = process.env
                found.update(key.value for key in keys if isinstance(key, code.Text))
            case _:
                pass
        for whole in _read_in(step):
            for expr in walk.inner(whole):
                found.update(_read_by(expr, file))
    for function in facts.functions:
        for parameter in function.parameters:
            for expr in walk.inner(parameter.default) if parameter.default is not None else ():
                found.update(_read_by(expr, file))
    return sorted(name for name in found if _VARIABLE.fullmatch(name))


_FILE = "environment.toml"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_UPPER = re.compile(r"[A-Z_][A-Z0-9_]*")


@dataclass(slots=True)
class _File:
    """`readers` are functions of the file that read the variable they are told."""

    facts: FileFacts
    known: Environment
    origins: dict[str, str]
    readers: set[str] = field(default_factory=set)

    def is_table(self, expr: Expr | None) -> bool:
        return _origin(expr, self.origins) in self.known.tables

    def is_reader(self, function: Expr) -> bool:
        origin = _origin(function, self.origins)
        every = f"{origin.rpartition('.')[0]}.*"
        return origin in self.known.functions or every in self.known.functions


def _read_by(expr: Expr, file: _File) -> Iterator[str]:
    match expr:
        case code.Member(owner, name):
            if _UPPER.fullmatch(name) and file.is_table(owner):
                yield name
        case code.Call(function, arguments):
            first = arguments[0].value if arguments else None
            helper = walk.dotted(function).rpartition(".")[2] in file.readers
            if isinstance(first, code.Text) and (helper or file.is_reader(function)):
                yield first.value
            elif any(file.is_table(it.value) for it in arguments):
                yield from _schema(expr, file.facts)  # schema.parse(process.env)
        case _:
            pass


def _readers(file: _File) -> Iterator[str]:
    """`const required = (name) => process.env[name]`: what is read by asking for a name."""
    for function in file.facts.functions:
        told = [code.Name(it.name) for it in function.parameters if it.name]
        for expr in walk.expressions(function.steps) if told and function.name else ():
            match expr:
                case code.Element(owner, key) if key in told and file.is_table(owner):
                    yield function.name
                case code.Call(asked, [code.Argument(key), *_]):
                    if key in told and file.is_reader(asked):
                        yield function.name
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


def _read_in(step: Step) -> Iterator[Expr]:
    if isinstance(step, code.Assign):
        if step.value is not None:
            yield step.value
    else:
        yield from walk.own_expressions(step)
