"""Tables that calls make of a name and an object of columns, each column a chain of calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts.backend import Field, Index, Relation, RelationKind
from backwright.index.evaluate import Evaluator
from backwright.index.models.chains import Chain, chain
from backwright.index.models.draft import Draft, identity, place_of
from backwright.index.models.names import text_of
from backwright.index.models.text import Writer
from backwright.index.models.vocabulary import Tabled, origin_name, package_of
from backwright.index.values import (
    Arguments,
    External,
    FunctionValue,
    Map,
    Object,
    Seq,
    Str,
    Value,
)


@dataclass(slots=True)
class TabledFamily:
    words: Tabled
    evaluator: Evaluator
    drafts: list[Draft] = field(default_factory=list)
    _columns: dict[int, tuple[Draft, str]] = field(default_factory=dict)
    """Which table and field the object of a column belongs to."""
    _waiting: list[tuple[Draft, Object]] = field(default_factory=list)
    _relations: list[Object] = field(default_factory=list)

    def see_object(self, object_: Object) -> None:
        """A table, or the relations of one."""
        if package_of(object_.origin) not in self.words.packages:
            return
        name = origin_name(object_.origin)
        if name in self.words.tables and self._columns_of(object_):
            self._add(object_)
        elif name in self.words.relations and object_.receiver is None:
            self._relations.append(object_)

    def finish(self) -> None:
        """What refers to other tables, once all are known."""
        for draft, table in self._waiting:
            self._refer(draft, self._columns_of(table))
            self._add_extras(draft, table)
        for made in self._relations:
            self._relate(made)
        for draft in self.drafts:
            related = {via for it in draft.relations for via in it.via.split(", ")}
            for it in draft.fields:
                if it.references and it.name not in related:
                    target = self._of_table(it.references.rpartition(".")[0])
                    name = target.name if target is not None else it.references
                    draft.relations.append(Relation(it.name, name, "many-to-one", it.name))

    # Columns

    def _columns_of(self, table: Object) -> dict[str, Value]:
        given = table.arguments.get((1,))
        if isinstance(given, FunctionValue):  # (t) => ({ id: t.serial() })
            module = External(self._module_of(table))
            given = self.evaluator.call_function(given, Arguments([module]))
        return given.items if isinstance(given, Map) else {}

    def _module_of(self, table: Object) -> str:
        return table.origin.rpartition(".")[0]

    def _add(self, table: Object) -> None:
        name = self._table_name(table)
        schema = table.receiver.arguments.get((0,)) if table.receiver is not None else None
        if isinstance(schema, Str) and schema.known and not table.origin.endswith("()"):
            name = f"{schema.text}.{name}"
        draft = Draft(table.name or name, self.words.kind, name, place_of(table), table)
        for key, value in self._columns_of(table).items():
            column = chain(value)
            if column is not None:
                self._columns[id(value)] = (draft, key)
                draft.fields.append(self._field(key, column))
        self.drafts.append(draft)
        self._waiting.append((draft, table))

    def _table_name(self, table: Object) -> str:
        """The name that is given, as the maker of such tables changes it where there is one."""
        given = table.arguments.get((0,))
        maker = table.receiver.arguments.get((0,)) if table.receiver is not None else None
        if isinstance(maker, FunctionValue) and given is not None:
            given = self.evaluator.call_function(maker, Arguments([given]))
        return text_of(given)

    def _field(self, key: str, column: Chain) -> Field:
        words, name = self.words, self._type_name(column.root)
        primary = column.call(words.primary) is not None
        required = column.call(words.required) is not None or name in words.not_null_types
        named = text_of(column.root.arguments.get((0,)))
        default = column.call(words.default)
        return Field(
            name=key,
            type=name + self._options(column.root) + "[]" * self._depth(column),
            nullable=not (primary or required),
            unique=column.call(words.unique) is not None,
            primary_key=primary,
            default=self._default(default) if default is not None else "",
            column=named if named != key else "",
            line=column.root.site.line,
        )

    def _type_name(self, root: Object) -> str:
        made_by = root.receiver
        if root.origin.endswith("()") and made_by is not None:
            return text_of(made_by.arguments.get((0,))) or made_by.name
        return origin_name(root.origin)

    def _options(self, root: Object) -> str:
        """What stands beside the column's name, such as `{ length: 80 }`."""
        writer = Writer(self.evaluator, python=False)
        given = root.arguments.positional
        rest = [it for at, it in enumerate(given) if at or not isinstance(it, Str)]
        written = [writer.code(it) for it in rest]
        return f"({', '.join(written)})" if written else ""

    def _depth(self, column: Chain) -> int:
        return sum(origin_name(it.origin) == "array" for it in column.calls)

    def _default(self, call: Object) -> str:
        value = call.arguments.get((0,))
        if value is None:
            return f"{origin_name(call.origin)}()"
        return Writer(self.evaluator, python=False).code(value)

    # References

    def _refer(self, draft: Draft, columns: dict[str, Value]) -> None:
        for key, value in columns.items():
            column = chain(value)
            call = column.call(self.words.references) if column is not None else None
            referred = call.arguments.get((0,)) if call is not None else None
            if isinstance(referred, FunctionValue):
                referred = self.evaluator.call_function(referred, Arguments())
            self._set_reference(draft, key, referred)

    def _set_reference(self, draft: Draft, key: str, referred: Value | None) -> None:
        found = self._column(referred)
        if found is None:
            return
        target, name = found
        column = target.field_named(name)
        where = f"{target.table}.{column.column or column.name}" if column else target.table
        draft.fields = [
            replace(it, references=where) if it.name == key else it for it in draft.fields
        ]

    def _column(self, value: Value | None) -> tuple[Draft, str] | None:
        """The table and field that `users.id` means."""
        if isinstance(value, Object) and id(value) in self._columns:
            return self._columns[id(value)]
        owner = getattr(value, "object", None)
        name = getattr(value, "name", "")
        draft = self._of(owner)
        return (draft, name) if draft is not None and name else None

    def _of(self, table: Value | None) -> Draft | None:
        if not isinstance(table, Object):
            return None
        return next((it for it in self.drafts if _is(it, table)), None)

    def _of_table(self, table: str) -> Draft | None:
        return next((it for it in self.drafts if it.table == table), None)

    # Indexes and constraints

    def _add_extras(self, draft: Draft, table: Object) -> None:
        extras = table.arguments.get((2,))
        if isinstance(extras, FunctionValue):
            columns = Map(self._columns_of(table))
            extras = self.evaluator.call_function(extras, Arguments([columns]))
        items = extras.items if isinstance(extras, Seq | Map) else []
        for item in items.values() if isinstance(items, dict) else items:
            self._add_extra(draft, item)

    def _add_extra(self, draft: Draft, item: Value) -> None:
        made = chain(item)
        if made is None:
            return
        words, kind = self.words, origin_name(made.root.origin)
        name = text_of(made.root.arguments.get((0,)))
        on = next((it for it in made.calls if origin_name(it.origin) in {"on", "using"}), None)
        fields = list(self._fields(on.arguments.positional if on is not None else []))
        if kind in words.primary_keys:
            keys = self._fields(_listed(made.root, "columns"))
            for key in keys:
                self._mark(draft, key, primary=True)
        elif kind in words.foreign_keys:
            others = _listed(made.root, "foreignColumns")
            for own, other in zip(
                self._fields(_listed(made.root, "columns")), others, strict=False
            ):
                self._set_reference(draft, own, other)
        elif kind in words.unique and len(fields) == 1:
            self._mark(draft, fields[0])
        elif kind in (*words.indexes, *words.unique_indexes, *words.unique) and fields:
            unique = kind not in words.indexes
            if unique and len(fields) == 1:
                self._mark(draft, fields[0])
            draft.indexes.append(Index(fields, name, unique))

    def _fields(self, values: list[Value]) -> Iterator[str]:
        for value in values:
            while isinstance(value, Object) and id(value) not in self._columns:
                if value.receiver is None:
                    break
                value = value.receiver
            found = self._column(value)
            if found is not None:
                yield found[1]

    def _mark(self, draft: Draft, name: str, *, primary: bool = False) -> None:
        draft.fields = [
            it
            if it.name != name
            else replace(it, primary_key=True, nullable=False)
            if primary
            else replace(it, unique=True)
            for it in draft.fields
        ]

    # Relations

    def _relate(self, made: Object) -> None:
        """`relations(users, ({ one, many }) => ({ posts: many(posts) }))`."""
        draft = self._of(made.arguments.get((0,)))
        function = made.arguments.get((1,))
        if draft is None or not isinstance(function, FunctionValue):
            return
        helpers: dict[str, Value] = {
            "one": External(f"{self.words.packages[0]}.one"),
            "many": External(f"{self.words.packages[0]}.many"),
        }
        found = self.evaluator.call_function(function, Arguments([Map(helpers)]))
        for name, value in found.items.items() if isinstance(found, Map) else ():
            target = self._of(value.arguments.get((0,))) if isinstance(value, Object) else None
            if isinstance(value, Object) and target is not None:
                many = origin_name(value.origin) == "many"
                own = list(self._fields(_listed(value, "fields", 1)))
                kind: RelationKind = "one-to-many" if many else "one-to-one"
                via = own or [it.name for it in target.fields if _refers(it, draft)]
                if own:
                    field_ = draft.field_named(own[0])
                    keys = [it.name for it in draft.fields if it.primary_key]
                    alone = field_ is not None and (field_.unique or keys == own)
                    kind = "one-to-one" if alone and len(own) == 1 else "many-to-one"
                chosen = via if own else via[:1]
                draft.relations.append(Relation(name, target.name, kind, ", ".join(chosen)))


def _listed(made: Object, name: str, at: int = 0) -> list[Value]:
    options = made.arguments.get((at,))
    found = options.items.get(name) if isinstance(options, Map) else None
    return found.items if isinstance(found, Seq) else []


def _is(draft: Draft, table: Object) -> bool:
    return draft.source is not None and identity(draft.source) == identity(table)


def _refers(found: Field, draft: Draft) -> bool:
    return found.references.rpartition(".")[0] == draft.table
