"""Classes whose fields are objects of field classes, stored in tables named after their app."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts import code, walk
from backwright.facts.backend import Field, Index
from backwright.index.evaluate import Evaluator
from backwright.index.models.apps import Apps
from backwright.index.models.draft import Draft, place_of
from backwright.index.models.lineage import bases, classes, lineage, origin_of
from backwright.index.models.names import text_of
from backwright.index.models.text import Writer
from backwright.index.models.vocabulary import Assigned, KnownParent, origin_name
from backwright.index.values import (
    ClassValue,
    Const,
    External,
    Object,
    Seq,
    Str,
    Unknown,
    Value,
)


@dataclass(slots=True)
class Link:
    """A field that refers to another model. `name` is the field, `made` the call of its class."""

    name: str
    type: str
    made: Object
    holder: ClassValue
    """The class that declares it, an abstract one perhaps."""


@dataclass(slots=True)
class Stored:
    """A model with what its relations are made from."""

    draft: Draft
    class_: ClassValue
    label: str
    links: list[Link] = field(default_factory=list)
    parents: list[ClassValue] = field(default_factory=list)
    """Models with tables of their own, to each of which a field leads."""
    known_links: dict[str, str] = field(default_factory=dict)
    """Links to many that a class of the library brings, with their targets."""
    proxy: bool = False


@dataclass(slots=True)
class AssignedFamily:
    words: Assigned
    evaluator: Evaluator
    apps: Apps
    stored: list[Stored] = field(default_factory=list)

    @property
    def drafts(self) -> list[Draft]:
        return [it.draft for it in self.stored]

    def see_class(self, class_: ClassValue) -> Draft | None:
        """The model that the class is; None for an abstract one, or what is no model."""
        if not self._is_model(class_) or _option(class_, "abstract") == Const(True):
            return None
        label = text_of(self.option(class_, "app_label")) or self.apps.label(class_.file)
        draft = Draft(class_.facts.name, self.words.kind, "", place_of(class_), class_)
        stored = Stored(draft, class_, label, proxy=_option(class_, "proxy") == Const(True))
        self._fill(stored, class_)
        named = text_of(self.option(class_, "db_table"))
        draft.table = named or f"{label}_{class_.facts.name.lower()}"
        if stored.proxy and stored.parents:
            above = self.of(stored.parents[0])
            draft.table = above.draft.table if above is not None else draft.table
        else:
            self._add_keys(stored)
        self._add_indexes(stored)
        self.stored.append(stored)
        return draft

    def of(self, class_: Value | None) -> Stored | None:
        return next((it for it in self.stored if it.class_ is class_), None)

    # Which classes

    def _is_model(self, class_: ClassValue) -> bool:
        ancestors = lineage(class_, self.evaluator)
        origins = [it for it in ancestors if isinstance(it, str)]
        if any(self._is(it, self.words.bases) or it in self.words.parents for it in origins):
            return True
        outside = any(
            isinstance(it, External | Unknown) for it in bases(class_, self.evaluator)
        ) and not any(self._is(it, self.words.not_bases) for it in origins)
        return outside and any(
            isinstance(it, Object) and self._is_own(it.origin) for it in class_.scope.names.values()
        )

    def _is(self, origin: str, names: tuple[str, ...]) -> bool:
        return self.words.means(origin, names)

    def _is_own(self, origin: str) -> bool:
        """Whether it is a field of the library itself, not one of a form that is named alike."""
        if not any(origin.startswith(f"{it}.") for it in self.words.modules):
            return False
        return self._is_field_name(origin_name(origin))

    def _is_field_name(self, name: str) -> bool:
        links = self.words.to_one + self.words.one_to_one + self.words.many_to_many
        return name.endswith("Field") or name in links

    # Fields

    def _fill(self, stored: Stored, class_: ClassValue) -> None:
        """Adds the fields of the ancestors, the furthest first, then the class's own."""
        for base in reversed(bases(class_, self.evaluator)):
            if isinstance(base, ClassValue):
                above = self.of(base)
                if above is None:
                    self._fill(stored, base)
                    continue
                stored.parents.insert(0, base)
                for it in above.draft.fields:
                    _put(stored.draft, it)
                stored.links += [it for it in above.links if it not in stored.links]
            elif known := self.words.parents.get(origin_of(base)):
                self._fill_known(stored, known, class_)
                stored.known_links.update(known.many_to_many)
        if not self._is_model(class_):
            return
        for name, made, line in self._declared(class_):
            self._add(stored, class_, name, made, line)

    def _fill_known(self, stored: Stored, known: KnownParent, class_: ClassValue) -> None:
        for it in known.fields:
            _put(
                stored.draft,
                Field(
                    name=it.name,
                    type=it.type,
                    nullable=it.nullable,
                    unique=it.unique,
                    default=it.default,
                    line=class_.facts.line,
                ),
            )

    def _declared(self, class_: ClassValue) -> Iterator[tuple[str, Object | None, int]]:
        for step in walk.steps(class_.facts.steps):
            if isinstance(step, code.Assign) and isinstance(step.target, code.Name):
                value = class_.scope.names.get(step.target.name)
                if value == Const(None):
                    yield step.target.name, None, step.line
                elif isinstance(value, Object):
                    yield step.target.name, value, step.line

    def _add(
        self, stored: Stored, class_: ClassValue, name: str, made: Object | None, line: int
    ) -> None:
        if made is None:  # takes away what an abstract parent declares
            stored.draft.fields = [it for it in stored.draft.fields if it.name != name]
            stored.links = [it for it in stored.links if it.name != name]
            return
        names = self.class_names(made)
        if not names or not set(names).isdisjoint(self.words.ignored):
            return
        linking = self.words.to_one + self.words.one_to_one + self.words.many_to_many
        if not set(names).isdisjoint(linking):
            stored.links = [it for it in stored.links if it.name != name]
            stored.links.append(Link(name, names[0], made, class_))
            if not set(names).isdisjoint(self.words.many_to_many):
                return
        found = self._field(name, names, made, line)
        _put(stored.draft, found)
        if made.arguments.get(("db_index",)) == Const(True):
            stored.draft.indexes.append(Index([name], unique=found.unique))

    def class_names(self, made: Object) -> list[str]:
        """The names of a field's class and of its ancestors; [] for what is no field."""
        if made.class_ is not None:
            ancestors = lineage(made.class_, self.evaluator)
            names = [it.facts.name for it in classes(ancestors)]
            origins = [it for it in ancestors if isinstance(it, str)]
            return [*names, *map(origin_name, origins)] if any(map(self._is_any, origins)) else []
        return [origin_name(made.origin)] if self._is_any(made.origin) else []

    def _is_any(self, origin: str) -> bool:
        if self._is(origin, self.words.not_bases) or origin.startswith(self.words.not_modules):
            return False
        return self._is_field_name(origin_name(origin))

    def _field(self, name: str, names: Sequence[str], made: Object, line: int) -> Field:
        arguments = made.arguments
        links = set(names) & {*self.words.to_one, *self.words.one_to_one}
        default = self._default(made)
        given = text_of(arguments.get(("db_column",)))
        column = given or (f"{name}_id" if links else "")
        single = not set(names).isdisjoint(self.words.one_to_one)
        primary = arguments.get(("primary_key",)) == Const(True)
        return Field(
            name=name,
            type=names[0],
            nullable=arguments.get(("null",)) == Const(True),
            unique=single or arguments.get(("unique",)) == Const(True),
            primary_key=primary,
            default=Writer(self.evaluator).code(default) if default is not None else "",
            column=column if column != name else "",
            line=line,
        )

    def _default(self, made: Object) -> Value | None:
        """The default; of the member of a class of choices, a pair, its value."""
        given = made.arguments.get(("default",)) or made.arguments.get(("db_default",))
        chosen = made.arguments.get(("choices",)) is not None
        return given.items[0] if chosen and isinstance(given, Seq) and given.items else given

    def _add_keys(self, stored: Stored) -> None:
        """The keys that the library adds: an id, or a field for each parent with a table."""
        draft, line = stored.draft, stored.class_.facts.line
        declared = {id(it.made): it for it in stored.links if it.holder is stored.class_}
        explicit = [
            it for it in declared.values() if it.made.arguments.get(("parent_link",)) == Const(True)
        ]
        for at, parent in enumerate(stored.parents):
            if explicit and at < len(explicit):
                _mark_primary(draft, explicit[at].name)
                continue
            name = f"{parent.facts.name.lower()}_ptr"
            made = Field(
                name=name,
                type=self.words.one_to_one[0],
                unique=True,
                primary_key=at == 0,
                column=f"{name}_id",
                line=line,
            )
            _put(draft, made)
        if not stored.parents and not any(it.primary_key for it in draft.fields):
            type_ = self.apps.key_type(stored.class_.file, self.words.key_setting)
            key = Field(name="id", type=type_ or self.words.key_type, primary_key=True, line=line)
            draft.fields.insert(0, key)

    # Options

    def option(self, class_: ClassValue, name: str) -> Value | None:
        """An option of the class, else of its abstract parents when it has no options itself."""
        if "Meta" in class_.scope.names:
            return self._option_of(class_.scope.names["Meta"], name)
        above = [it for it in bases(class_, self.evaluator) if isinstance(it, ClassValue)]
        abstract = [it for it in above if _option(it, "abstract") == Const(True)]
        found = (self.option(it, name) for it in abstract)
        return next((it for it in found if it is not None), None)

    def _option_of(self, options: Value, name: str) -> Value | None:
        if not isinstance(options, ClassValue):
            return None
        for it in classes(lineage(options, self.evaluator)):
            if name in it.scope.names:
                return it.scope.names[name]
        return None

    def _add_indexes(self, stored: Stored) -> None:
        draft, class_ = stored.draft, stored.class_
        for name in ("indexes", "constraints"):
            for item in _items(self.option(class_, name)):
                self._add_index(draft, item)
        for name in ("unique_together", "index_together"):
            for group in _groups(self.option(class_, name)):
                draft.indexes.append(Index(group, unique=name == "unique_together"))

    def _add_index(self, draft: Draft, item: Value) -> None:
        if not isinstance(item, Object):
            return
        arguments = item.arguments
        fields = [text_of(it).lstrip("-") for it in _items(arguments.get(("fields",)))]
        unique = self._is(item.origin, self.words.uniques)
        if not fields or not (unique or origin_name(item.origin).endswith("Index")):
            return
        conditional = arguments.get(("condition",)) is not None
        if unique and len(fields) == 1 and not conditional:
            draft.fields = [it if it.name != fields[0] else _unique(it) for it in draft.fields]
            return
        draft.indexes.append(Index(fields, text_of(arguments.get(("name",))), unique))


def _option(class_: ClassValue, name: str) -> Value | None:
    options = class_.scope.names.get("Meta")
    return options.scope.names.get(name) if isinstance(options, ClassValue) else None


def _put(draft: Draft, found: Field) -> None:
    draft.fields = [it for it in draft.fields if it.name != found.name]
    draft.fields.append(found)


def _mark_primary(draft: Draft, name: str) -> None:
    draft.fields = [replace(it, primary_key=True) if it.name == name else it for it in draft.fields]


def _unique(found: Field) -> Field:
    return replace(found, unique=True)


def _items(value: Value | None) -> list[Value]:
    return value.items if isinstance(value, Seq) else []


def _groups(value: Value | None) -> list[list[str]]:
    """`("a", "b")` and `[("a", "b"), ("c", "d")]` alike."""
    items = _items(value)
    if items and all(isinstance(it, Str) for it in items):
        return [[text_of(it) for it in items]]
    return [[text_of(it) for it in _items(group)] for group in items]
