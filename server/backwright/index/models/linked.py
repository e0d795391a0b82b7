"""The relations between models whose fields link to each other, both ends of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts.backend import Relation, RelationKind
from backwright.index.models.assigned import AssignedFamily, Link, Stored
from backwright.index.models.names import text_of
from backwright.index.values import ClassValue, Const, External, Object, Value


def link(family: AssignedFamily) -> None:
    """Adds the relations of every model of the family, once all are known."""
    linker = _Linker(family)
    for stored in family.stored:
        for declared in stored.links:
            linker.add(stored, declared)
        for name, target in stored.known_links.items():
            via = f"{stored.draft.table}_{name}"
            stored.draft.relations.append(Relation(name, target, "many-to-many", via))
        for parent in stored.parents if not stored.proxy else ():
            linker.add_parent(stored, parent)
    for stored in family.stored:
        linker.inherit(stored)


@dataclass(frozen=True, slots=True)
class _Linker:
    family: AssignedFamily
    to_children: list[Relation] = field(default_factory=list)
    """From a parent to the classes below it, which those do not inherit."""

    def add(self, stored: Stored, declared: Link) -> None:
        above = [self.family.of(it) for it in stored.parents]
        if any(it is not None and declared in it.links for it in above):
            return  # it is inherited with its table
        words, made = self.family.words, declared.made
        target = self._target(stored, declared)
        name = target.draft.name if target is not None else _last(self._said(declared))
        kind: RelationKind = "many-to-one"
        via = declared.name
        if self._is(declared, words.many_to_many):
            kind, via = "many-to-many", self._through(stored, declared)
        elif self._is(declared, words.one_to_one):
            kind = "one-to-one"
        stored.draft.relations.append(Relation(declared.name, name, kind, via))
        if target is None:
            return
        if kind != "many-to-many":
            self._refer(stored, target, declared.name)
        back = self._accessor(stored, declared, kind)
        symmetrical = made.arguments.get(("symmetrical",)) != Const(False)
        if back and not (kind == "many-to-many" and target is stored and symmetrical):
            turned: RelationKind = "one-to-many" if kind == "many-to-one" else kind
            there = Relation(back, stored.draft.name, turned, via)
            target.draft.relations.append(there)
            if made.arguments.get(("parent_link",)) == Const(True):
                self.to_children.append(there)

    def add_parent(self, stored: Stored, parent: ClassValue) -> None:
        """The key that leads to a parent's table, which the library adds itself."""
        above = self.family.of(parent)
        name = f"{parent.facts.name.lower()}_ptr"
        if above is None or stored.draft.name == name:
            return
        if not any(it.name == name for it in stored.draft.fields):
            return
        child = stored.draft.name
        stored.draft.relations.append(Relation(name, above.draft.name, "one-to-one", name))
        there = Relation(child.lower(), child, "one-to-one", name)
        above.draft.relations.append(there)
        self.to_children.append(there)
        self._refer(stored, above, name)

    def inherit(self, stored: Stored) -> None:
        own = {it.name for it in stored.draft.relations}
        for parent in stored.parents:
            above = self.family.of(parent)
            for it in above.draft.relations if above is not None else ():
                if it.name not in own and it not in self.to_children:
                    stored.draft.relations.append(it)

    def _is(self, declared: Link, names: tuple[str, ...]) -> bool:
        return not set(self.family.class_names(declared.made)).isdisjoint(names)

    def _target(self, stored: Stored, declared: Link) -> Stored | None:
        value = self._to(declared)
        if isinstance(value, ClassValue):
            return self.family.of(value)
        said = self._said(declared)
        if said == "self":
            return stored
        label, _, name = said.rpartition(".")
        found = [it for it in self.family.stored if it.draft.name == name]
        wanted = label or stored.label
        exact = [it for it in found if it.label == wanted]
        return exact[0] if exact else found[0] if len(found) == 1 and not label else None

    def _to(self, declared: Link) -> Value | None:
        return declared.made.arguments.get((0, "to"))

    def _said(self, declared: Link) -> str:
        value = self._to(declared)
        origin = value.origin if isinstance(value, External | Object) else ""
        setting = self.family.words.user_setting
        if setting and (
            origin.endswith(f".{setting}") or origin in self.family.words.user_functions
        ):
            return self.family.apps.setting(setting) or self.family.words.user_model
        if isinstance(value, External):
            return origin
        return value.facts.name if isinstance(value, ClassValue) else text_of(value)

    def _through(self, stored: Stored, declared: Link) -> str:
        arguments = declared.made.arguments
        through = arguments.get(("through",))
        if through is not None:
            if isinstance(through, ClassValue):
                found = self.family.of(through)
            else:
                label, _, name = text_of(through).rpartition(".")
                found = next(
                    (
                        it
                        for it in self.family.stored
                        if it.draft.name == name and it.label == (label or stored.label)
                    ),
                    None,
                )
            return found.draft.table if found is not None else ""
        return text_of(arguments.get(("db_table",))) or f"{stored.draft.table}_{declared.name}"

    def _accessor(self, stored: Stored, declared: Link, kind: RelationKind) -> str:
        """The name of the other end; "" when there is none."""
        given = text_of(declared.made.arguments.get(("related_name",)))
        given = given or text_of(self.family.option(stored.class_, "default_related_name"))
        lower = stored.draft.name.lower()
        if given.endswith("+"):
            return ""
        if given:
            values = {"class": lower, "model_name": lower, "app_label": stored.label.lower()}
            return given % values if "%(" in given else given
        return lower if kind == "one-to-one" else f"{lower}_set"

    def _refer(self, stored: Stored, target: Stored, name: str) -> None:
        key = next((it for it in target.draft.fields if it.primary_key), None)
        if key is None:
            return
        referred = f"{target.draft.table}.{key.column or key.name}"
        for at, it in enumerate(stored.draft.fields):
            if it.name == name:
                stored.draft.fields[at] = replace(it, references=referred)


def _last(name: str) -> str:
    return name.rpartition(".")[2]
