"""Classes over tables: which table each has, and how they are related."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from backwright.facts import code
from backwright.facts.backend import Place, Relation, RelationKind
from backwright.facts.code import Expr
from backwright.index.constants import Constants, Macro, camelize, class_steps, constant_name
from backwright.index.models.draft import Draft
from backwright.index.models.plurals import plural, singular
from backwright.index.records.tables import KIND, Database

BASES = frozenset({"ActiveRecord::Base"})

_MANY = frozenset({"has_many", "has_and_belongs_to_many"})
_MAX_DEPTH = 8
_ASSOCIATIONS = frozenset({"belongs_to", "has_one", "has_many", "has_and_belongs_to_many"})


@dataclass(slots=True)
class Records:
    """The classes of a project that stand for tables; `drafts` by the whole names of classes."""

    constants: Constants
    databases: tuple[Database, ...]
    drafts: dict[str, Draft] = field(default_factory=dict)
    by_table: dict[str, str] = field(default_factory=dict)
    """The class of each table, the first that has it."""

    @classmethod
    def of(
        cls, constants: Constants, databases: tuple[Database, ...], paths: Collection[str]
    ) -> Records:
        """The classes that the files at `paths` open."""
        made, among = cls(constants, databases), frozenset(paths)
        for name, opened in constants.classes.items():
            own = name not in BASES and opened[0].facts.path in among
            if own and constants.inherits(name, BASES):
                made._add(name)
        for name in made.drafts:
            made._relate(name)
        return made

    def models(self) -> list[Draft]:
        """The drafts of classes, then those of tables that no class has."""
        taken = {it.table for it in self.drafts.values()}
        rest = [
            draft
            for database in self.databases
            for name, draft in database.tables.items()
            if name not in taken
        ]
        return [*self.drafts.values(), *rest]

    def related(self) -> dict[str, str]:
        """The model that each name of an association to many leads to, where it is one alone."""
        found: dict[str, set[str]] = {}
        for draft in self.drafts.values():
            for it in draft.relations:
                if it.kind.endswith("-many") and it.target in self.drafts:
                    found.setdefault(it.name, set()).add(it.target)
        return {name: next(iter(it)) for name, it in found.items() if len(it) == 1}

    # Tables

    def _add(self, name: str) -> None:
        table = self.table_of(name)
        if not table:
            return
        opened = self.constants.classes[name][0]
        class_, file = opened.class_, opened.facts.path
        place = Place(file, class_.line, class_.start, class_.end)
        draft = Draft(name, KIND, table, place)
        found = self._table(table, file)
        if found is not None:
            draft.fields, draft.indexes = list(found.fields), list(found.indexes)
        self.drafts[name] = draft
        self.by_table.setdefault(table, name)

    def table_of(self, name: str, depth: int = 0) -> str:
        """The table of a class; that of its parent where the parent has one. "" for an abstract
        class."""
        said = self._said(name)
        if said is not None:
            return said
        if self._is_abstract(name):
            return ""
        above = self.constants.ancestors(name)[1:]
        for base in above:
            if base in BASES:
                break
            if base in self.constants.classes and self._stores(base) and depth < _MAX_DEPTH:
                return self.table_of(base, depth + 1)
        prefix = self._prefix(name) if depth < _MAX_DEPTH else ""
        return prefix + underscore(plural(name.rpartition("::")[2]))

    def _stores(self, name: str) -> bool:
        inherits = self.constants.inherits(name, BASES) and name not in BASES
        return inherits and not self._is_abstract(name)

    def _prefix(self, name: str) -> str:
        """What the module of the class puts before: `def self.table_name_prefix`."""
        module = name.rpartition("::")[0]
        if not module:
            return ""
        found = self.constants.method(module, "table_name_prefix", static=True)
        for step in found.function.steps if found is not None else ():
            if isinstance(step, code.Return) and isinstance(step.value, code.Text):
                return step.value.value
        if self._stores(module):
            return f"{singular(self.table_of(module, _MAX_DEPTH))}_"
        return ""

    def _said(self, name: str) -> str | None:
        for opened in self.constants.classes.get(name, ()):
            for step in class_steps(opened):
                match step:
                    case code.Assign(
                        code.Member(code.Name("self"), "table_name"), code.Text(value)
                    ):
                        return value.rpartition(".")[2]
                    case code.Assign(
                        code.Member(code.Name("self"), "table_name"), code.Template(parts)
                    ):
                        return "".join(it.value for it in parts if isinstance(it, code.Text))
                    case _:
                        pass
        return None

    def _is_abstract(self, name: str) -> bool:
        return any(
            step.target == code.Member(code.Name("self"), "abstract_class")
            for opened in self.constants.classes.get(name, ())
            for step in class_steps(opened)
            if isinstance(step, code.Assign)
        ) or any(it.name == "primary_abstract_class" for it in self.constants.own_macros(name))

    def _table(self, table: str, file: str) -> Draft | None:
        near = [it for it in self.databases if it.holds(file)] or list(self.databases)
        return next((it.tables[table] for it in near if table in it.tables), None)

    # Relations

    def _relate(self, name: str) -> None:
        draft = self.drafts[name]
        found: dict[str, Relation] = {}
        for macro in self.associations(name):
            made = self._relation(name, macro)
            if made is not None:
                found[made.name] = made
        draft.relations = list(found.values())

    def associations(self, name: str) -> list[Macro]:
        return [it for it in self.constants.macros(name) if it.name in _ASSOCIATIONS]

    def _relation(self, name: str, macro: Macro) -> Relation | None:
        given = [it.value for it in macro.call.arguments if not it.name]
        if not given or not isinstance(given[0], code.Text):
            return None
        association = given[0].value
        options = {it.name: it.value for it in macro.call.arguments if it.name}
        target = self.target(name, macro)
        key = _text(options.get("foreign_key"))
        declaring = macro.owner if macro.owner in self.drafts else name
        own = f"{underscore(declaring.rpartition('::')[2])}_id"
        kind: RelationKind
        if macro.name == "belongs_to":
            return Relation(association, target, "many-to-one", key or f"{association}_id")
        if macro.name == "has_and_belongs_to_many":
            return Relation(
                association, target, "many-to-many", self._join_table(name, target, options)
            )
        if through := _text(options.get("through")):
            kind = self._kind_through(name, macro, through, association)
            return Relation(association, target, kind, self._table_through(name, through))
        if as_ := _text(options.get("as")):
            own = f"{as_}_id"
        kind = "one-to-one" if macro.name == "has_one" else "one-to-many"
        return Relation(association, target, kind, key or own)

    def target(self, name: str, macro: Macro, depth: int = 0) -> str:
        """The class that an association leads to, as far as it is known; "" for one that may be of
        any class."""
        association = _first_text(macro)
        options = {it.name: it.value for it in macro.call.arguments if it.name}
        if "polymorphic" in options and options["polymorphic"] == code.Constant("true"):
            return ""
        written = _text(options.get("class_name")) or constant_name(options.get("class_name"))
        through = _text(options.get("through"))
        if through and depth < _MAX_DEPTH:
            source = self._source(name, macro, through, depth + 1)
            if source is not None:
                return self.target(source[0], source[1], depth + 1)
        many = macro.name in _MANY
        written = written or camelize(singular(association) if many else association)
        return self.constants.find(written, name) or written.removeprefix("::")

    def _source(
        self, name: str, macro: Macro, through: str, depth: int = 1
    ) -> tuple[str, Macro] | None:
        """The association of the class in between by which one goes on."""
        middle = self._association(name, through)
        if middle is None:
            return None
        between = self.target(name, middle, depth)
        options = {it.name: it.value for it in macro.call.arguments if it.name}
        association = _first_text(macro)
        wanted = _text(options.get("source"))
        names = [wanted] if wanted else [singular(association), association]
        if between not in self.constants.classes:
            return None
        for each in names:
            found = self._association(between, each)
            if found is not None:
                return between, found
        return None

    def _association(self, name: str, wanted: str) -> Macro | None:
        return next((it for it in self.associations(name) if _first_text(it) == wanted), None)

    def _kind_through(
        self, name: str, macro: Macro, through: str, association: str
    ) -> RelationKind:
        if macro.name == "has_one":
            return "one-to-one"
        source = self._source(name, macro, through)
        crosses = source is not None and source[1].name in {"belongs_to", "has_and_belongs_to_many"}
        return "many-to-many" if crosses else "one-to-many"

    def _table_through(self, name: str, through: str) -> str:
        middle = self._association(name, through)
        between = self.target(name, middle) if middle is not None else ""
        draft = self.drafts.get(between)
        return draft.table if draft is not None else through

    def _join_table(self, name: str, target: str, options: dict[str, Expr]) -> str:
        if said := _text(options.get("join_table")):
            return said
        other = self.drafts.get(target)
        tables = sorted(
            (
                self.drafts[name].table,
                other.table if other is not None else underscore(plural(target)),
            )
        )
        return "_".join(tables)


def underscore(name: str) -> str:
    """`line_item` for `LineItem`."""
    spaced = re.sub(r"([A-Z\d]+)([A-Z][a-z])", r"\1_\2", name)
    return re.sub(r"([a-z\d])([A-Z])", r"\1_\2", spaced).replace("::", "/").lower()


def _first_text(macro: Macro) -> str:
    given: Iterator[Expr] = (it.value for it in macro.call.arguments if not it.name)
    return _text(next(given, None))


def _text(expr: Expr | None) -> str:
    return expr.value if isinstance(expr, code.Text) else ""
