"""Statements that are put together from parts which are not constant, wherever they are run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.backend import Place, SqlFinding
from backwright.facts.code import Expr
from backwright.index.calls import CallAt, Calls, Where, argument, called_name, same_language
from backwright.index.frameworks import frameworks
from backwright.index.scopes import Scopes
from backwright.index.sql.constant import Constants
from backwright.index.sql.sinks import Database, Sink
from backwright.index.values import External

_STATEMENT = re.compile(
    r"\s*(?:(?:--[^\n]*\n|/\*.*?\*/|\()\s*)*"
    r"(?:SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE|MERGE|CALL)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(r"[\w\"`.\])]\s*(?:=|<|>|!=|\bLIKE\b|\bILIKE\b|\bIN\b|\bBETWEEN\b)", re.I)
_MIGRATIONS = frozenset({"migrations", "versions", "alembic"})
_KEEPING = frozenset({"strip", "rstrip", "lstrip", "trim", "replace", "lower", "upper"})
_MAX_HOPS = 6


def find_built(calls: Calls, scopes: Scopes, used: Sequence[Database]) -> list[SqlFinding]:
    """What is found for the `used` libraries, in the order of files and lines."""
    quoting = frozenset(name for it in used for name in it.quoting)
    requests = frozenset(
        origin for it in frameworks() if it.request is not None for origin in it.request.origins
    )
    finder = _Finder(scopes, Constants(scopes, quoting, requests))
    found = {
        (it.file, it.place.start, it.place.end): it
        for database in used
        for sink in database.sink
        for it in finder.look(sink, calls, database.language)
    }
    return [found[key] for key in sorted(found)]


def sink_names(used: Sequence[Database]) -> dict[str, frozenset[str]]:
    """The last names of every call that may be one, by language."""
    found: dict[str, set[str]] = {}
    for database in used:
        for sink in database.sink:
            names = (name.rpartition(".")[2] for name in (*sink.methods, *sink.origins))
            found.setdefault(database.language, set()).update(names)
    return {language: frozenset(names) for language, names in found.items()}


@dataclass(frozen=True, slots=True)
class _Finder:
    scopes: Scopes
    constants: Constants

    def look(self, sink: Sink, calls: Calls, language: str) -> Iterator[SqlFinding]:
        names = (*sink.methods, *(it.rpartition(".")[2] for it in sink.origins))
        for at in calls.named(names):
            if not same_language(language, at.where) or _MIGRATIONS & set(at.where.file.split("/")):
                continue
            expr = argument(at.call, sink.statement)
            if expr is not None and self._is_called(sink, at) and self._is_built(sink, expr, at):
                yield _finding(at)

    def _is_called(self, sink: Sink, at: CallAt) -> bool:
        function = at.call.function
        if sink.methods:
            return isinstance(function, code.Member)
        value = self.scopes.value(function, at.where)
        return isinstance(value, External) and value.origin in sink.origins

    def _is_built(self, sink: Sink, expr: Expr, at: CallAt) -> bool:
        for built, where in self._statements(expr, at.where, 0):
            if _looks(sink, _text(built)) and not self._is_constant(built, where):
                return True
        return False

    def _is_constant(self, expr: Expr, where: Where) -> bool:
        if isinstance(expr, code.Call) and isinstance(expr.function, code.Member):
            owner = expr.function.object
            parts = [owner, *(it.value for it in expr.arguments)]
            return all(self.constants.is_constant(it, where) for it in parts)
        return self.constants.is_constant(expr, where)

    def _statements(self, expr: Expr, where: Where, hops: int) -> Iterator[tuple[Expr, Where]]:
        """The strings that are put together of which `expr` may be one, followed through names."""
        if hops > _MAX_HOPS:
            return
        match expr:
            case code.Template() | code.Operation("%"):
                yield expr, where
            case code.Call():
                yield from self._called(expr, where, hops)
            case code.Name(name):
                yield from self._bound(name, where, hops)
            case code.Items() | code.Table() | code.Choice():
                for part in walk.parts(expr):
                    yield from self._statements(part, where, hops + 1)
            case _:
                pass

    def _called(self, call: code.Call, where: Where, hops: int) -> Iterator[tuple[Expr, Where]]:
        """`"…".format(name)`, `" AND ".join(clauses)`, and what only changes the look of it."""
        name, function = called_name(call), call.function
        inner = call.arguments[0].value if name == "dedent" and call.arguments else None
        if isinstance(function, code.Member) and name in {"format", "join"}:
            if _is_string(function.object):
                yield call, where
        elif isinstance(function, code.Member) and name in _KEEPING:
            inner = function.object
        if inner is not None:
            yield from self._statements(inner, where, hops + 1)

    def _bound(self, name: str, where: Where, hops: int) -> Iterator[tuple[Expr, Where]]:
        for depth in range(len(where.functions), 0, -1):
            function = where.functions[depth - 1]
            bindings = self.scopes.bindings(function, where.file).get(name)
            if bindings is None:
                continue
            inside = Where(where.facts, where.functions[:depth], where.class_)
            values = [it.value for it in bindings if isinstance(it, code.Assign) and it.value]
            if len(values) > 1:  # query = "…"; query += f"…"
                yield code.Template([_without(it, name) for it in values]), inside
                return
            for value in values:
                yield from self._statements(value, inside, hops + 1)
            return


def _is_string(expr: Expr) -> bool:
    """False for what composes statements safely, such as `sql.SQL("…").format(…)`."""
    return not isinstance(expr, code.Call) or called_name(expr) in {*_KEEPING, "dedent"}


def _without(expr: Expr, name: str) -> Expr:
    """What `query += part` adds."""
    if isinstance(expr, code.Template) and expr.parts and expr.parts[0] == code.Name(name):
        return code.Template(expr.parts[1:])
    return expr


def _text(expr: Expr) -> str:
    """What is written of the string, in order."""
    if isinstance(expr, code.Call):
        expr = expr.function
    pieces = [it.value for it in walk.inner(expr) if isinstance(it, code.Text)]
    return " ".join(pieces)


def _looks(sink: Sink, text: str) -> bool:
    if sink.looks == "statement":
        return bool(_STATEMENT.match(text))
    return sink.looks == "any" or bool(_FRAGMENT.search(text) or _STATEMENT.match(text))


def _finding(at: CallAt) -> SqlFinding:
    named = [it.qualname for it in at.where.functions if it.name]
    sink = walk.dotted(at.call.function) or called_name(at.call)
    place = Place(at.where.file, at.call.line, at.call.start, at.call.end)
    return SqlFinding(at.where.file, at.call.line, named[-1] if named else "", sink, place)
