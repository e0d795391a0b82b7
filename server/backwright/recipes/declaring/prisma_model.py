"""Declares entities as models of a Prisma schema, in the naming of those that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.recipes.brief.brief import Entity, Field
from backwright.recipes.declaring.entity_plan import Declared, Held, camel, pascal

_TYPES = {
    "integer": "Int", "bigint": "BigInt", "decimal": "Decimal", "float": "Float",
    "boolean": "Boolean", "date": "DateTime", "datetime": "DateTime", "json": "Json",
}  # fmt: skip
_ON_DELETE = {"cascade": "Cascade", "restrict": "Restrict", "set-null": "SetNull"}


@dataclass(slots=True)
class PrismaWriter:
    """`source` is the schema as it is; `backs` takes lines for models that are there."""

    source: str
    backs: dict[str, list[str]] = field(default_factory=dict)
    enums: list[str] = field(default_factory=list)

    @property
    def _maps(self) -> bool:
        return "@map(" in self.source or "@@map(" in self.source

    @property
    def _is_snake(self) -> bool:
        fields = re.findall(r"^ {2}(\w+)\s+\w", self.source, re.MULTILINE)
        return any("_" in it for it in fields) and not self._maps

    @property
    def _provider(self) -> str:
        match = re.search(r'datasource\s+\w+\s*\{[^}]*provider\s*=\s*"(\w+)"', self.source)
        return match[1] if match else "postgresql"

    def text(self, entities: Sequence[Declared]) -> str:
        models = [self._model(it) for it in entities]
        return "\n".join([*models, *self.enums])

    def _model(self, it: Declared) -> str:
        rows: list[list[str]] = [self._key()]
        rows += [self._reference(held) for held in it.held if not held.is_many]
        rows += [self._row(f, it) for f in it.entity.fields]
        rows += self._times()
        rows += self._relations(it)
        lines = _aligned(rows)
        indexes = [*self._indexes(it)]
        if self._maps:
            indexes.append(f'@@map("{it.table}")')
        if indexes:
            lines += ["", *(f"  {index}" for index in indexes)]
        body = "\n".join(lines)
        return f"model {it.class_name} {{\n{body}\n}}\n"

    def _name(self, name: str) -> str:
        return name if self._is_snake else camel(name)

    def _mapped(self, name: str) -> list[str]:
        made = self._name(name)
        return [f'@map("{name}")'] if self._maps and made != name else []

    def _key(self) -> list[str]:
        match = re.search(r"^\s+(\w+)\s+(\w+)\s+(@id\b[^\n/]*)", self.source, re.MULTILINE)
        if match is not None:
            return ["id", match[2], match[3].strip()]
        return ["id", "Int", "@id @default(autoincrement())"]

    def _reference(self, held: Held) -> list[str]:
        name = f"{held.relation.via}_id"
        type_ = held.target.key_type or self._key()[1]
        optional = "" if held.relation.required else "?"
        unique = ["@unique"] if held.relation.kind == "one-to-one" else []
        return [self._name(name), f"{type_}{optional}", " ".join([*unique, *self._mapped(name)])]

    def _row(self, it: Field, entity: Declared) -> list[str]:
        name = f"{it.name}_hash" if it.type == "password" else it.name
        type_ = _TYPES.get(it.type, "String")
        if it.choices and self._provider != "sqlite" and self._are_words(it.choices):
            type_ = f"{entity.class_name}{pascal(it.name)}"
            values = "\n".join(f"  {choice}" for choice in it.choices)
            self.enums.append(f"enum {type_} {{\n{values}\n}}\n")
        attributes = ["@unique"] if it.unique else []
        if it.default is not None:
            attributes.append(f"@default({self._default(it, type_)})")
        attributes += self._native(it)
        attributes += self._mapped(name)
        return [self._name(name), f"{type_}{'' if it.required else '?'}", " ".join(attributes)]

    def field_line(self, it: Field, model: str) -> str:
        """One field, for a model that is there; rows that are there have no value of it."""
        required = it.required and (it.default is not None or it.type == "boolean")
        default = False if it.type == "boolean" and it.default is None else it.default
        made = replace(it, required=required, default=default, choices=())
        end = Declared(Entity(name=model, plural=model), model, model)
        return " ".join(part for part in self._row(made, end) if part)

    def _are_words(self, choices: Sequence[str]) -> bool:
        return all(re.fullmatch(r"[A-Za-z]\w*", it) for it in choices)

    def _native(self, it: Field) -> list[str]:
        if self._provider not in {"postgresql", "mysql"}:
            return []
        if it.type == "decimal":
            return ["@db.Decimal(12, 2)"]
        if it.type == "date":
            return ["@db.Date"]
        if it.type == "text" and self._provider == "mysql":
            return ["@db.Text"]
        if it.type == "string" and it.maximum:
            return [f"@db.VarChar({it.maximum})"]
        return []

    def _default(self, it: Field, type_: str) -> str:
        if isinstance(it.default, bool):
            return str(it.default).lower()
        if isinstance(it.default, int) or type_ not in {"String"}:
            return str(it.default)
        return f'"{it.default}"'

    def _times(self) -> list[list[str]]:
        """Of creation and change, where the models that are there have them or there is none."""
        has_models = re.search(r"^model\s", self.source, re.MULTILINE) is not None
        created = re.search(r"^\s+(created_?at)\s", self.source, re.MULTILINE | re.IGNORECASE)
        updated = re.search(r"^\s+(updated_?at)\s", self.source, re.MULTILINE | re.IGNORECASE)
        rows = []
        if created or not has_models:
            made = " ".join(["@default(now())", *self._mapped("created_at")])
            rows.append([self._name("created_at"), "DateTime", made])
        if updated or not has_models:
            made = " ".join(["@updatedAt", *self._mapped("updated_at")])
            rows.append([self._name("updated_at"), "DateTime", made])
        return rows

    def _relations(self, it: Declared) -> Iterator[list[str]]:
        for held in it.held:
            yield self._held(held, it)
            if held.target.model is not None and held.relation.source != held.relation.target:
                row = self._back(held, it.class_name, it)
                self.backs.setdefault(held.target.name, []).append(" ".join(row).rstrip())
            elif held.relation.source == held.relation.target:
                yield self._back(held, it.class_name, it)
        for held in it.returned:
            yield self._back(held, held.target.name, it)

    def _held(self, held: Held, it: Declared) -> list[str]:
        relation, target = held.relation, held.target
        if held.is_many:
            return [self._name(relation.via), f"{target.name}[]", ""]
        optional = "" if relation.required else "?"
        parts = [
            *self._title(held),
            f"fields: [{self._name(f'{relation.via}_id')}]",
            f"references: [{target.key}]",
            f"onDelete: {_ON_DELETE[relation.on_delete]}",
        ]
        return [
            self._name(relation.via),
            f"{target.name}{optional}",
            f"@relation({', '.join(parts)})",
        ]

    def _back(self, held: Held, source: str, it: Declared) -> list[str]:
        title = self._title(held)
        attributes = f"@relation({title[0]})" if title else ""
        many = "[]" if held.relation.kind != "one-to-one" else "?"
        return [self._name(held.back), f"{source}{many}", attributes]

    def _title(self, held: Held) -> list[str]:
        """A name where the two models could have several relations."""
        relation = held.relation
        differs = relation.via not in {relation.target, relation.source} and not held.is_many
        return [f'"{pascal(relation.source)}{pascal(relation.via)}"'] if differs else []

    def _indexes(self, it: Declared) -> Iterator[str]:
        for held in it.held:
            if not held.is_many and held.relation.kind != "one-to-one":
                yield f"@@index([{self._name(f'{held.relation.via}_id')}])"
        for field_ in it.entity.fields:
            if field_.indexed and not field_.unique:
                yield f"@@index([{self._name(field_.name)}])"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The columns of fields one below the other, as `prisma format` has them."""
    first = max((len(it[0]) for it in rows), default=0)
    second = max((len(it[1]) for it in rows), default=0)
    return [f"  {a:<{first}} {b:<{second}} {c}".rstrip() for a, b, c in rows]
