"""What `db/schema.rb` and migrations in Ruby do to a schema, as the changes that SQL makes too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.facts import code
from backwright.facts.code import Call, Expr, FileFacts, Step
from backwright.facts.schema import Change, ChangeKind, Column, Key
from backwright.index.constants import block_of
from backwright.index.models.plurals import plural, singular

_NOT_RUN = frozenset({"down"})
_TYPES = frozenset(
    {"string", "text", "integer", "bigint", "float", "decimal", "numeric", "datetime", "timestamp"}
    | {"timestamptz", "time", "date", "binary", "blob", "boolean", "json", "jsonb", "uuid", "inet"}
    | {"cidr", "macaddr", "hstore", "xml", "citext", "bit", "bit_varying", "money", "interval"}
    | {"tsvector", "tsquery", "virtual", "enum", "vector", "int4range", "int8range", "numrange"}
    | {"tsrange", "tstzrange", "daterange", "point", "line", "lseg", "box", "path", "polygon"}
    | {"circle", "oid", "ltree", "tinyint", "smallint", "mediumint", "unsigned_integer", "tinytext"}
    | {
        "unsigned_bigint",
        "unsigned_decimal",
        "unsigned_float",
        "mediumtext",
        "longtext",
        "geometry",
    }
    | {"tinyblob", "mediumblob", "longblob", "geography", "st_point", "serial", "bigserial"}
)
_REFERENCES = frozenset({"references", "belongs_to"})


def changes(facts: FileFacts) -> Iterator[Change]:
    """The changes of a schema or of one migration, in their order."""
    reader = _Reader(facts)
    migrating = [it for it in facts.functions if it.name in {"change", "up"} and it.qualname]
    if migrating:
        for function in migrating:
            yield from reader.steps(function.steps)
    else:
        yield from reader.steps(facts.steps)


@dataclass(frozen=True, slots=True)
class _Use:
    """A call with its arguments read: plain texts in their order, and options."""

    name: str
    call: Call
    values: list[Expr]
    options: dict[str, Expr]

    @classmethod
    def of(cls, call: Call) -> _Use:
        function = call.function
        name = function.name if isinstance(function, code.Name | code.Member) else ""
        return cls(
            name,
            call,
            [it.value for it in call.arguments if not it.name],
            {it.name: it.value for it in call.arguments if it.name not in {"", "&", "*", "**"}},
        )

    def text(self, at: int) -> str:
        return _text(self.values[at]) if at < len(self.values) else ""

    def texts(self, start: int) -> list[str]:
        return [text for it in self.values[start:] for text in _texts(it)]

    def says(self, name: str) -> bool:
        return self.options.get(name) == code.Constant("true")

    def denies(self, name: str) -> bool:
        return self.options.get(name) == code.Constant("false")


@dataclass(frozen=True, slots=True)
class _Reader:
    facts: FileFacts

    def steps(self, steps: list[Step]) -> Iterator[Change]:
        for step in steps:
            if isinstance(step, code.Branch):
                yield from self.steps(step.body)
            elif isinstance(step, code.Do | code.Return) and isinstance(step.value, Call):
                yield from self.call(step.value)

    def call(self, call: Call) -> Iterator[Change]:
        use = _Use.of(call)
        if use.name in _NOT_RUN:
            return
        if use.name == "create_table":
            yield self._created(use)
        elif use.name == "create_join_table":
            yield self._joined(use)
        elif use.name == "change_table":
            for inner in self._in_block(use):
                yield from self._of_table(use.text(0), inner)
        elif use.name in _ON_TABLES:
            yield from self._on_table(use)
        elif (block := block_of(call)) is not None:
            yield from self.steps(self.facts.functions[block].steps)

    def _in_block(self, use: _Use) -> Iterator[_Use]:
        """The calls on the table in the block of a use."""
        block = block_of(use.call)
        steps = self.facts.functions[block].steps if block is not None else []
        for step in steps:
            if isinstance(step, code.Do | code.Return) and isinstance(step.value, Call):
                yield _Use.of(step.value)

    def _created(self, use: _Use) -> Change:
        columns: list[Column] = []
        keys: list[Key] = []
        key = use.options.get("primary_key")
        if not use.denies("id") and not isinstance(key, code.Items):
            type_ = _text(use.options["id"]) if "id" in use.options else "bigint"
            name = _text(key) if key is not None else "id"
            columns.append(Column(name or "id", type_, False, primary_key=True, line=use.call.line))
        elif isinstance(key, code.Items):
            keys.append(Key(_texts(key), kind="primary"))
        for inner in self._in_block(use):
            columns += _columns(inner)
            keys += _keys(inner)
        return _change("create", use, columns, keys)

    def _joined(self, use: _Use) -> Change:
        one, two = use.text(0), use.text(1)
        table = _text(use.options.get("table_name")) or "_".join(sorted((one, two)))
        columns = [
            Column(f"{singular(it)}_id", "bigint", False, line=use.call.line) for it in (one, two)
        ]
        keys = [key for inner in self._in_block(use) for key in _keys(inner)]
        return _change("create", use, columns, keys, table=table)

    def _of_table(self, table: str, use: _Use) -> Iterator[Change]:
        """`t.string :name`, `t.remove :age` in a block that changes a table."""
        if use.name == "remove":
            yield _change("remove", use, names=use.texts(0), table=table)
        elif use.name in {"remove_references", "remove_belongs_to"}:
            yield _change("remove", use, names=[f"{use.text(0)}_id"], table=table)
        elif use.name == "rename":
            yield _change("rename-column", use, names=[use.text(0)], table=table, to=use.text(1))
        else:
            columns, keys = list(_columns(use)), list(_keys(use))
            if columns:
                yield _change("add", use, columns, keys, table=table)
            elif keys:
                yield _change("key", use, keys=keys, table=table)

    def _on_table(self, use: _Use) -> Iterator[Change]:
        """`add_column :users, :name, :string` and its like."""
        name, rest = use.name, _Use("", use.call, use.values[1:], use.options)
        if name == "drop_table":
            for table in use.texts(0):
                yield _change("drop", use, table=table)
        elif name == "rename_table":
            yield _change("rename", use, to=use.text(1))
        else:
            yield from self._on_columns(use, rest)

    def _on_columns(self, use: _Use, rest: _Use) -> Iterator[Change]:
        name = use.name
        if name == "rename_column":
            yield _change("rename-column", use, names=[use.text(1)], to=use.text(2))
        elif name in {"remove_column", "remove_columns"}:
            wanted = use.texts(1) if name == "remove_columns" else [use.text(1)]
            yield _change("remove", use, names=wanted)
        elif name in {"remove_reference", "remove_belongs_to"}:
            yield _change("remove", use, names=[f"{use.text(1)}_id"])
        elif name in {"add_column", "change_column"}:
            column = _column(rest.text(0), rest.text(1), rest)
            keys = list(_keys(rest)) if name == "add_column" else []
            yield _change("add" if name == "add_column" else "alter", use, [column], keys)
        elif name in {"add_reference", "add_belongs_to"}:
            inner = _Use("references", use.call, rest.values[:1], use.options)
            yield _change("add", use, list(_columns(inner)), list(_keys(inner)))
        else:
            yield from self._on_keys(use, rest)

    def _on_keys(self, use: _Use, rest: _Use) -> Iterator[Change]:
        name = use.name
        if name == "add_timestamps":
            yield _change("add", use, list(_timestamps(use)))
        elif name == "add_index":
            yield _change("key", use, keys=[_index(rest)])
        elif name == "add_foreign_key":
            yield _change("key", use, keys=[_foreign(rest)])
        elif name == "change_column_null":
            required = use.values[2:3] == [code.Constant("false")]
            facet = "required" if required else "nullable"
            yield _change("alter", use, names=[use.text(1)], facet=facet)
        elif name == "change_column_default":
            given = use.options.get("to", use.values[2] if len(use.values) > 2 else None)
            yield _change("alter", use, names=[use.text(1)], to=_default(given), facet="default")


_ON_TABLES = frozenset(
    {"drop_table", "rename_table", "rename_column", "remove_column", "remove_columns"}
    | {"add_column", "change_column", "add_reference", "add_belongs_to", "add_timestamps"}
    | {"remove_reference", "remove_belongs_to", "add_index", "add_foreign_key"}
    | {"change_column_null", "change_column_default"}
)


def _change(
    kind: ChangeKind,
    use: _Use,
    columns: list[Column] | None = None,
    keys: list[Key] | None = None,
    **more: object,
) -> Change:
    call = use.call
    made = {"table": use.text(0), **more}
    return Change(
        kind,
        line=call.line,
        start=call.start,
        end=call.end,
        columns=columns or [],
        keys=keys or [],
        **made,  # type: ignore[arg-type]
    )


def _columns(use: _Use) -> Iterator[Column]:
    if use.name == "timestamps":
        yield from _timestamps(use)
    elif use.name == "column":
        yield _column(use.text(0), use.text(1), use)
    elif use.name in _REFERENCES:
        for name in use.texts(0):
            yield _reference(name, use)
            if "polymorphic" in use.options and not use.denies("polymorphic"):
                yield Column(f"{name}_type", "string", not use.denies("null"), line=use.call.line)
    elif use.name == "primary_key":
        type_ = use.text(1) or "bigint"
        yield Column(use.text(0), type_, False, primary_key=True, line=use.call.line)
    elif use.name in _TYPES:
        for name in use.texts(0):
            yield _column(name, use.name, use)


def _column(name: str, type_: str, use: _Use) -> Column:
    if type_ in _REFERENCES:
        return _reference(name, use)
    many = "[]" if use.says("array") else ""
    return Column(
        name,
        f"{type_}{many}",
        not use.denies("null"),
        default=_default(use.options.get("default")),
        line=use.call.line,
    )


def _reference(name: str, use: _Use) -> Column:
    type_ = _text(use.options.get("type")) or "bigint"
    foreign = use.options.get("foreign_key")
    table = ""
    if isinstance(foreign, code.Table):
        named = {_text(key): value for key, value in foreign.entries}
        table = _text(named.get("to_table")) or plural(name)
    elif foreign == code.Constant("true"):
        table = plural(name)
    references = f"{table}.id" if table else ""
    null = not use.denies("null")
    return Column(f"{name}_id", type_, null, references=references, line=use.call.line)


def _timestamps(use: _Use) -> Iterator[Column]:
    for name in ("created_at", "updated_at"):
        nullable = use.says("null")
        yield Column(name, "datetime", nullable, line=use.call.line)


def _keys(use: _Use) -> Iterator[Key]:
    if use.name == "index":
        yield _index(use)
    elif use.name == "foreign_key":
        yield _foreign(use)
    elif use.name in _REFERENCES and not use.denies("index"):
        index = use.options.get("index")
        options = {_text(k): v for k, v in index.entries} if isinstance(index, code.Table) else {}
        unique = options.get("unique") == code.Constant("true")
        for name in use.texts(0):
            columns = [f"{name}_id"]
            if "polymorphic" in use.options and not use.denies("polymorphic"):
                columns.insert(0, f"{name}_type")
            yield Key(columns, kind="unique" if unique else "index")
    elif use.says("index"):
        yield Key([use.text(0)])
    elif isinstance(index := use.options.get("index"), code.Table):
        named = {_text(key): value for key, value in index.entries}
        unique = named.get("unique") == code.Constant("true")
        yield Key([use.text(0)], kind="unique" if unique else "index")


def _index(use: _Use) -> Key:
    columns = _texts(use.values[0]) if use.values else []
    kind = "unique" if use.says("unique") and "where" not in use.options else "index"
    return Key(columns, _text(use.options.get("name")), "unique" if kind == "unique" else "index")


def _foreign(use: _Use) -> Key:
    table = use.text(0)
    column = _text(use.options.get("column")) or f"{singular(table)}_id"
    referred = _text(use.options.get("primary_key")) or "id"
    return Key([column], kind="foreign", references=table, referred=[referred])


def _text(expr: Expr | None) -> str:
    return expr.value if isinstance(expr, code.Text) else ""


def _texts(expr: Expr) -> list[str]:
    if isinstance(expr, code.Items):
        return [it.value for it in expr.values if isinstance(it, code.Text)]
    return [expr.value] if isinstance(expr, code.Text) else []


def _default(expr: Expr | None) -> str:
    match expr:
        case code.Text(value):
            return value
        case code.Number(value):
            return str(value)
        case code.Constant("true" | "false" as name):
            return name
        case code.Table([]):
            return "{}"
        case code.Items([]):
            return "[]"
        case _:
            return ""
