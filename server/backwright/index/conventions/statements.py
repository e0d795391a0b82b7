"""Statements for a database that are put together from strings, in Ruby."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from backwright.facts import code, walk
from backwright.facts.backend import Place, SqlFinding
from backwright.facts.code import Expr
from backwright.index.constants import Constants, constant_name
from backwright.index.conventions.uses import UseAt
from backwright.index.sql.sinks import Database, Sink, databases

_STATEMENT = re.compile(r"\b(select|insert|update|delete|with|create|drop|alter|truncate)\b", re.I)
_FRAGMENT = re.compile(r"[\s=<>(.,]|^$")
_NUMBERS = frozenset({"to_i", "to_f", "id", "count", "size", "length", "to_d"})
_SCHEMA = frozenset({"table_name", "quoted_table_name", "primary_key", "quoted_primary_key"})


@dataclass(frozen=True, slots=True)
class StatementFinder:
    constants: Constants

    def look(self, uses: Iterable[UseAt]) -> list[SqlFinding]:
        found: dict[tuple[str, int, int], SqlFinding] = {}
        sinks = _sinks()
        for use in uses:
            for database, sink in sinks.get(use.name, ()):
                if self._is_built(use, sink, database):
                    finding = _finding(use)
                    found[(finding.file, finding.place.start, finding.place.end)] = finding
        return [found[key] for key in sorted(found)]

    def _is_built(self, use: UseAt, sink: Sink, database: Database) -> bool:
        given = [it.value for it in use.call.arguments if not it.name]
        for at in sink.statement:
            if not isinstance(at, int) or at >= len(given):
                continue
            expr = self._bound(given[at], use)
            if isinstance(expr, code.Items) and expr.values:
                expr = self._bound(expr.values[0], use)
            if not isinstance(expr, code.Template) or not _looks(expr, sink):
                continue
            if any(not self._is_safe(it, use, database) for it in expr.parts):
                return True
        return False

    def _bound(self, expr: Expr, use: UseAt) -> Expr:
        """What a name is assigned in the method around it."""
        if isinstance(expr, code.Name) and use.function is not None:
            for step in walk.steps(use.function.steps):
                if isinstance(step, code.Assign) and step.target == expr and step.value is not None:
                    return step.value
        return expr

    def _is_safe(self, expr: Expr, use: UseAt, database: Database) -> bool:
        expr = self._bound(expr, use)
        match expr:
            case code.Text() | code.Number() | code.Constant():
                return True
            case code.Template(parts):
                return all(self._is_safe(it, use, database) for it in parts)
            case code.Choice(_, then, otherwise):
                return self._is_safe(then, use, database) and self._is_safe(
                    otherwise, use, database
                )
            case code.Call(code.Name(name) | code.Member(_, name)):
                return name in database.quoting or name in _NUMBERS
            case code.Name(name) | code.Member(_, name):
                if name in _NUMBERS or name in _SCHEMA or name in database.quoting:
                    return True
                return bool(constant_name(expr))
            case _:
                return False


@cache
def _sinks() -> dict[str, list[tuple[Database, Sink]]]:
    """What takes statements, by the name of the method."""
    found: dict[str, list[tuple[Database, Sink]]] = {}
    for database in (it for it in databases() if it.language == "ruby"):
        for sink in database.sink:
            for name in sink.methods:
                found.setdefault(name, []).append((database, sink))
    return found


def statement_words() -> frozenset[str]:
    return frozenset(_sinks())


def _looks(expr: code.Template, sink: Sink) -> bool:
    text = "".join(it.value for it in expr.parts if isinstance(it, code.Text))
    if sink.looks == "statement":
        return _STATEMENT.search(text) is not None
    return sink.looks == "any" or _FRAGMENT.search(text) is not None


def _finding(use: UseAt) -> SqlFinding:
    call, path = use.call, use.facts.path
    function = use.function
    return SqlFinding(
        path,
        call.line,
        function.qualname if function is not None else "",
        walk.dotted(call.function).replace("()", "") or use.name,
        Place(path, call.line, call.start, call.end),
    )
