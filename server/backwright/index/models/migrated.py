"""Tables that only migrations written in code tell of: operations, and builders of schemas.

Where models or SQL describe a table, that is its source; these are the last resort.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.backend import Field, Place
from backwright.facts.code import Call, Expr, FileFacts, Function
from backwright.facts.schema import Change, Column, Key
from backwright.index.evaluate import Evaluator
from backwright.index.models.candidates import migrates
from backwright.index.models.ddl import Tables
from backwright.index.models.draft import Draft
from backwright.index.models.mapped import MappedFamily
from backwright.index.models.names import text_of
from backwright.index.models.text import Writer
from backwright.index.models.vocabulary import Built, Operations, vocabulary
from backwright.index.values import Const, Object, Seq, Str, Value

_MAX_FILES = 2_000
_NOWHERE = Place("", 0)


def migrated(evaluator: Evaluator, files: Mapping[str, FileFacts], known: set[str]) -> list[Draft]:
    """The tables of migrations that are in no `known` one, by their names in lower case."""
    words = vocabulary()
    found: list[Draft] = []
    for operations in words.operations:
        acting = {*operations.create, *operations.add, *operations.drop, *operations.remove}
        acting |= {*operations.rename, *operations.index, *operations.batch}
        paths = _calling(files, acting, "python")
        if paths:
            found += _Operations(operations, evaluator).tables(paths)
    for built in words.built:
        paths = _calling(files, {*built.create, *built.alter, *built.drop}, "")
        tables = Tables("migration")
        for path in paths:
            tables.apply(path, _Builder(built, evaluator, files[path]).changes())
        found += tables.drafts()
    return [it for it in found if it.table.lower() not in known]


def _calling(files: Mapping[str, FileFacts], names: set[str], language: str) -> list[str]:
    wanted = [
        path
        for path, facts in files.items()
        if migrates(path)
        and (facts.language == "python") == (language == "python")
        and facts.may_call(names)
    ]
    return sorted(wanted)[:_MAX_FILES]


@dataclass(slots=True)
class _Operations:
    """Functions that call operations with the columns of a mapped class."""

    words: Operations
    evaluator: Evaluator

    def tables(self, paths: Sequence[str]) -> list[Draft]:
        tables = Tables("migration")
        for path in self._in_order(paths):
            tables.apply(path, self._changes(path))
        return tables.drafts()

    def _in_order(self, paths: Sequence[str]) -> list[str]:
        """Each revision after the one that it follows."""
        revisions: dict[str, str] = {}
        before: dict[str, str] = {}
        for path in paths:
            module = self.evaluator.module(path)
            if module is not None:
                revisions[text_of(module.scope.names.get("revision")) or path] = path
                before[path] = text_of(module.scope.names.get("down_revision"))
        ordered: list[str] = []
        for path in paths:
            chain: list[str] = []
            at: str | None = path
            while at is not None and at not in ordered and at not in chain:
                chain.append(at)
                at = revisions.get(before.get(at, ""))
            ordered += reversed(chain)
        return ordered

    def _changes(self, path: str) -> Iterator[Change]:
        module = self.evaluator.module(path)
        facts = self.evaluator.facts_of(path)
        if module is None or facts is None:
            return
        function = next((it for it in facts.functions if it.name == self.words.function), None)
        batches: dict[str, str] = {}
        for step in walk.steps(function.steps) if function is not None else ():
            for call in _own_calls(step):
                name = call.function.name if isinstance(call.function, code.Member) else ""
                given = [
                    self.evaluator.eval_in(it.value, path, module.scope)
                    for it in call.arguments
                    if not it.name
                ]
                if name in self.words.batch and isinstance(step, code.Assign):
                    batches[walk.dotted(step.target)] = text_of(given[0]) if given else ""
                    continue
                owner = walk.dotted(_owner(call))
                if owner in batches:
                    given.insert(1 if name in self.words.index else 0, Str((batches[owner],)))
                yield from self._change(name, call, given)

    def _change(self, name: str, call: Call, given: list[Value]) -> Iterator[Change]:
        words = self.words
        first = text_of(given[0]) if given else ""
        second = text_of(given[1]) if len(given) > 1 else ""
        at = (call.line, call.start, call.end)
        if name in words.create:
            columns, keys = self._read(given[1:])
            yield Change("create", first, *at, columns=columns, keys=keys)
        elif name in words.add:
            columns, keys = self._read(given[1:])
            yield Change("add", first, *at, columns=columns, keys=keys)
        elif name in words.drop:
            yield Change("drop", first, *at)
        elif name in words.remove:
            yield Change("remove", first, *at, names=[second])
        elif name in words.rename:
            yield Change("rename", first, *at, to=second)
        elif name in words.index and len(given) > 2:
            names = [text_of(it) for it in given[2].items] if isinstance(given[2], Seq) else []
            unique = any(
                it.name == "unique" and it.value == code.Constant("true") for it in call.arguments
            )
            key = Key([it for it in names if it], first, "unique" if unique else "index")
            yield Change("key", second, *at, keys=[key])

    def _read(self, items: list[Value]) -> tuple[list[Column], list[Key]]:
        """The columns and constraints, read like those of a mapped table."""
        family = MappedFamily(vocabulary().mapped[0], self.evaluator)
        draft = Draft("", "", "", _NOWHERE)
        family.add_items(draft, [it for it in items if isinstance(it, Object)])
        keys = [Key(it.fields, it.name, "unique" if it.unique else "index") for it in draft.indexes]
        return [_column(it) for it in draft.fields], keys


@dataclass(slots=True)
class _Builder:
    """Functions that are handed a builder of tables, each column a chain of calls on it."""

    words: Built
    evaluator: Evaluator
    facts: FileFacts

    def changes(self) -> Iterator[Change]:
        functions = [it for it in self.facts.functions if it.name == self.words.function]
        for function in functions:
            for expr in walk.deep_expressions(function, self.facts):
                if isinstance(expr, Call) and isinstance(expr.function, code.Member):
                    yield from self._change(expr.function.name, expr)

    def _change(self, name: str, call: Call) -> Iterator[Change]:
        arguments = [it.value for it in call.arguments]
        table = arguments[0].value if arguments and isinstance(arguments[0], code.Text) else ""
        at = (call.line, call.start, call.end)
        if not table:
            return
        if name in self.words.create or name in self.words.alter:
            body = arguments[-1]
            if isinstance(body, code.Lambda):
                function = self.facts.functions[body.function]
                columns, keys, gone = self._body(function)
                created = name in self.words.create
                yield Change("create" if created else "add", table, *at, columns, keys)
                if gone:
                    yield Change("remove", table, *at, names=gone)
        elif name in self.words.drop:
            yield Change("drop", table, *at)

    def _body(self, function: Function) -> tuple[list[Column], list[Key], list[str]]:
        columns: list[Column] = []
        keys: list[Key] = []
        gone: list[str] = []
        builder = function.parameters[0].name if function.parameters else ""
        for step in walk.steps(function.steps):
            value = step.value if isinstance(step, code.Do | code.Return) else None
            chain = list(_chain(value))
            if not chain or not isinstance(chain[0].function, code.Member):
                continue
            if walk.dotted(chain[0].function.object) == builder:
                self._said(chain, columns, keys, gone)
        return columns, keys, gone

    def _said(
        self, chain: list[Call], columns: list[Column], keys: list[Key], gone: list[str]
    ) -> None:
        words, name = self.words, _name(chain[0])
        given = [self._value(it.value) for it in chain[0].arguments]
        names = _texts(given[0]) if given else []
        if name in words.remove:
            gone += [text for it in given for text in _texts(it)]
        elif name in words.foreign and names:
            references = self._references(chain)
            keys.append(Key(names, "", "foreign", *_split(references)))
        elif name in (*words.unique, *words.index, *words.primary) and names:
            plain = Key(names, "", "unique" if name in words.unique else "index")
            keys.append(plain if name not in words.primary else Key(names, "", "primary"))
        elif name in words.dates:
            columns += [Column(it, "timestamp", line=chain[0].line) for it in words.date_names]
        elif names or name in words.keys:
            columns.append(self._column(chain, names[0] if names else "id", given[1:]))

    def _column(self, chain: list[Call], name: str, rest: list[Value]) -> Column:
        words, method = self.words, _name(chain[0])
        writer = Writer(self.evaluator, python=False)
        said = {_name(it): it for it in chain[1:]}
        primary = method in words.keys or any(it in words.primary for it in said)
        default = next((said[it] for it in words.default if it in said), None)
        value = self._value(default.arguments[0].value) if default and default.arguments else None
        options = [writer.code(it) for it in rest if isinstance(it, Const | Str | Seq)]
        return Column(
            name,
            method + (f"({', '.join(options)})" if options else ""),
            nullable=not primary and not any(it in words.required for it in said),
            unique=any(it in words.unique for it in said),
            primary_key=primary,
            default=writer.code(value) if value is not None and value != Const(None) else "",
            references=self._references(chain),
            line=chain[0].line,
        )

    def _references(self, chain: list[Call]) -> str:
        """`.references("id").inTable("users")`, or `.references("users.id")`."""
        found = {_name(it): it.arguments for it in chain}
        column = next((found[it] for it in self.words.references if it in found), None)
        table = next((found[it] for it in self.words.in_table if it in found), None)
        name = text_of(self._value(column[0].value)) if column else ""
        return f"{text_of(self._value(table[0].value))}.{name}" if table else name

    def _value(self, expr: Expr) -> Value:
        module = self.evaluator.module(self.facts.path)
        if module is None:
            return Const(None)
        return self.evaluator.eval_in(expr, self.facts.path, module.scope)


def _own_calls(step: code.Step) -> Iterator[Call]:
    for whole in walk.own_expressions(step):
        if isinstance(whole, Call):
            yield whole


def _owner(call: Call) -> Expr | None:
    return call.function.object if isinstance(call.function, code.Member) else None


def _chain(value: Expr | None) -> Iterator[Call]:
    """The calls of `table.string("email").notNullable()`, the first one first."""
    found: list[Call] = []
    while isinstance(value, Call) and isinstance(value.function, code.Member):
        found.append(value)
        value = value.function.object
    return reversed(found)


def _name(call: Call) -> str:
    return call.function.name if isinstance(call.function, code.Member) else ""


def _texts(value: Value) -> list[str]:
    if isinstance(value, Seq):
        return [text_of(it) for it in value.items if text_of(it)]
    return [text_of(value)] if text_of(value) else []


def _split(references: str) -> tuple[str, list[str]]:
    table, _, column = references.rpartition(".")
    return table, [column] if column else []


def _column(found: Field) -> Column:
    return Column(
        found.name,
        found.type,
        found.nullable,
        found.unique,
        found.primary_key,
        found.default,
        found.references,
        found.line,
    )
