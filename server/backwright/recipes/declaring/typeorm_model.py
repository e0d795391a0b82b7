"""Declares entities as classes of TypeORM."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from backwright.recipes.brief.brief import Field
from backwright.recipes.declaring.entity_plan import Declared, Held, camel, pascal

_COLUMNS = {
    "text": "text", "integer": "int", "bigint": "bigint", "decimal": "decimal", "float": "float",
    "boolean": "boolean", "date": "date", "datetime": "timestamp", "json": "json",
    "uuid": "uuid",
}  # fmt: skip
_SCRIPT = {"integer": "number", "float": "number", "boolean": "boolean", "datetime": "Date"}
_ON_DELETE = {"cascade": "CASCADE", "restrict": "RESTRICT", "set-null": "SET NULL"}


@dataclass(slots=True)
class TypeormWriter:
    """`quote` and `semicolon` are the project's; `key` is the decorator of keys with its type;
    `stamp` the type of columns for moments in its database."""

    quote: str = '"'
    semicolon: str = ";"
    key: tuple[str, str] = ("@PrimaryGeneratedColumn()", "number")
    stamp: str = "timestamp"
    times: bool = True
    strict: bool = True
    used: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)

    def text(self, it: Declared) -> str:
        self.used |= {"Entity", self.key[0].lstrip("@").partition("(")[0]}
        parts = [f"  {self.key[0]}\n  id{self._bang}: {self.key[1]}{self.semicolon}"]
        parts += [self._held(held, it) for held in it.held]
        parts += [self._field(f) for f in it.entity.fields]
        parts += [self._back(held) for held in it.returned]
        parts += self._times()
        body = "\n\n".join(parts)
        enums = "".join(f"{self._enum(f, it)}\n" for f in it.entity.fields if f.choices)
        head = f"@Entity({self._quoted(it.table)})\nexport class {it.class_name} {{\n"
        return f"{enums}{head}{body}\n}}\n"

    @property
    def _bang(self) -> str:
        return "!" if self.strict else ""

    def _enum(self, it: Field, entity: Declared) -> str:
        values = " | ".join(self._quoted(choice) for choice in it.choices)
        return f"export type {entity.class_name}{pascal(it.name)} = {values}{self.semicolon}\n"

    def _field(self, it: Field) -> str:
        self.used.add("Column")
        name = camel(f"{it.name}_hash" if it.type == "password" else it.name)
        options = []
        type_ = _COLUMNS.get(it.type, "varchar")
        type_ = self.stamp if it.type == "datetime" else type_
        options.append(f"type: {self._quoted(type_)}")
        if type_ == "varchar":
            sizes = {"email": 254, "url": 2048, "phone": 32, "choice": 32}
            options.append(f"length: {it.maximum or sizes.get(it.type, 200)}")
        if it.type == "decimal":
            options += ["precision: 12", "scale: 2"]
        options += ["unique: true"] if it.unique else []
        options += ["nullable: true"] if not it.required else []
        if it.default is not None:
            options.append(f"default: {self._value(it)}")
        index = ""
        if it.indexed and not it.unique:
            self.used.add("Index")
            index = "  @Index()\n"
        script = _SCRIPT.get(it.type, "string")
        if it.type == "json":
            script = "Record<string, unknown>"
        mark = self._bang if it.required else ""
        none = "" if it.required else " | null"
        return (
            f"{index}  @Column({{ {', '.join(options)} }})\n"
            f"  {name}{mark}: {script}{none}{self.semicolon}"
        )

    def _held(self, held: Held, it: Declared) -> str:
        relation, target = held.relation, held.target
        self.targets.add(target.name)
        parameter = camel(target.entity)
        inverse = (
            f", ({parameter}) => {parameter}.{camel(held.back)}" if target.model is None else ""
        )
        if relation.source == relation.target:
            inverse = ""
        if held.is_many:
            self.used |= {"ManyToMany", "JoinTable"}
            return (
                f"  @ManyToMany(() => {target.name}{inverse})\n  @JoinTable()\n"
                f"  {camel(relation.via)}{self._bang}: {target.name}[]{self.semicolon}"
            )
        kind = "OneToOne" if relation.kind == "one-to-one" else "ManyToOne"
        self.used |= {kind, *(["JoinColumn"] if kind == "OneToOne" else ["Index"])}
        nullable = "" if relation.required else ", nullable: true"
        required = ", nullable: false" if relation.required else nullable
        options = f"{{ onDelete: {self._quoted(_ON_DELETE[relation.on_delete])}{required} }}"
        none = "" if relation.required else " | null"
        join = "  @JoinColumn()\n" if kind == "OneToOne" else "  @Index()\n"
        return (
            f"  @{kind}(() => {target.name}{inverse}, {options})\n{join}"
            f"  {camel(relation.via)}{self._bang}: {target.name}{none}{self.semicolon}"
        )

    def _back(self, held: Held) -> str:
        """The other side of a relation that another new entity holds."""
        relation, source = held.relation, held.target
        self.targets.add(source.name)
        parameter = camel(source.entity)
        inverse = f"({parameter}) => {parameter}.{camel(relation.via)}"
        kinds = {"one-to-one": "OneToOne", "many-to-many": "ManyToMany"}
        kind = kinds.get(relation.kind, "OneToMany")
        self.used.add(kind)
        many = "" if kind == "OneToOne" else "[]"
        return (
            f"  @{kind}(() => {source.name}, {inverse})\n"
            f"  {camel(held.back)}{self._bang}: {source.name}{many}{self.semicolon}"
        )

    def _times(self) -> Iterator[str]:
        if not self.times:
            return
        self.used |= {"CreateDateColumn", "UpdateDateColumn"}
        yield f"  @CreateDateColumn()\n  createdAt{self._bang}: Date{self.semicolon}"
        yield f"  @UpdateDateColumn()\n  updatedAt{self._bang}: Date{self.semicolon}"

    def _value(self, it: Field) -> str:
        if isinstance(it.default, bool):
            return str(it.default).lower()
        return str(it.default) if isinstance(it.default, int) else self._quoted(str(it.default))

    def _quoted(self, text: str) -> str:
        return f"{self.quote}{text}{self.quote}"
