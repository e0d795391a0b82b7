"""Declares entities with SQLAlchemy, SQLModel or Flask-SQLAlchemy as a sibling of them does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from backwright.recipes.brief.brief import Field
from backwright.recipes.brief.names import plural
from backwright.recipes.declaring.entity_plan import Declared, Held
from backwright.recipes.declaring.python_classes import ModelClass
from backwright.recipes.sql.planning import stored

SA_TYPES = {
    "string": "String", "text": "Text", "email": "String(254)", "url": "String(2048)",
    "slug": "String(160)", "phone": "String(32)", "password": "String(255)", "uuid": "Uuid",
    "integer": "Integer", "bigint": "BigInteger", "decimal": "Numeric(12, 2)", "float": "Float",
    "boolean": "Boolean", "date": "Date", "datetime": "DateTime(timezone=True)", "json": "JSON",
    "choice": "String(32)",
}  # fmt: skip
_PY_TYPES = {
    "integer": "int", "bigint": "int", "decimal": "Decimal", "float": "float", "boolean": "bool",
    "date": "date", "datetime": "datetime", "json": "dict[str, Any]", "uuid": "UUID",
}  # fmt: skip
_TYPE_MODULES = {
    "Decimal": "decimal", "date": "datetime", "datetime": "datetime", "Any": "typing",
    "UUID": "uuid",
}  # fmt: skip
_PLAIN_COLUMNS = frozenset({"integer", "float", "boolean", "date", "uuid"})
"""Types that a Mapped annotation says well enough."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the project declares: `kind` is `mapped`, `column` or `sqlmodel`; `prefix` stands before
    what SQLAlchemy gives (`db.`, `sa.`), `orm` before what its ORM gives."""

    kind: str
    sibling: ModelClass | None
    header: str
    prefix: str = ""
    orm: str = ""
    names_tables: bool = True
    links_back: bool = True
    naive: bool = False
    """Times have no zone here."""
    file: str = ""
    """The file that is added to, "" for a new one: classes of others are not changed."""


def manner_of(source: str, sibling: ModelClass | None, header: str) -> Manner:
    """The manner of the file that a sibling stands in."""
    text = "\n".join(sibling.lines.values()) if sibling is not None else ""
    if "table=True" in header:
        return Manner("sqlmodel", sibling, header, naive="timezone" not in source)
    kind = "column" if re.search(r"\bColumn\(", text) and "mapped_column" not in text else "mapped"
    prefix = _prefix(text, r"([\w.]*\.)(?:String|Integer|ForeignKey|Column|Text|mapped_column)\b")
    orm = _prefix(text, r"([\w.]*\.)(?:mapped_column|relationship|Mapped)\b")
    names_tables = sibling is None or "__tablename__" in sibling.lines
    links = "relationship(" in source
    return Manner(
        kind,
        sibling,
        header,
        prefix,
        orm if orm or not prefix.startswith("db") else prefix,
        names_tables,
        links or sibling is None,
        naive="DateTime" in source and "timezone=True" not in source,
    )


def _prefix(text: str, pattern: str) -> str:
    match = re.search(pattern, text)
    return match[1] if match else ""


@dataclass(slots=True)
class PythonDeclaration:
    """The text of classes, and the names they need by the module they come from."""

    text: str = ""
    imports: dict[str, set[str]] = field(default_factory=dict)
    backs: dict[str, list[str]] = field(default_factory=dict)
    """Lines for classes that are there, by their name."""


class Writer:
    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.imports: dict[str, set[str]] = {}
        self.backs: dict[str, list[str]] = {}
        self.shadows_date = False

    def declaration(self, entities: list[Declared]) -> PythonDeclaration:
        # The tables between others first: the classes of both ends name them.
        parts = [self._association(it, held) for it in entities for held in it.held if held.is_many]
        parts += [self._class(it) for it in entities]
        return PythonDeclaration("\n\n".join(parts), self.imports, self.backs)

    def column_line(self, it: Field) -> str:
        """One column, for a class that is there."""
        return self._column(stored(it))

    # A class

    def _class(self, it: Declared) -> str:
        lines = [f"class {it.class_name}({self.manner.header}):"]
        if self.manner.names_tables:
            lines += [f'    __tablename__ = "{it.table}"', ""]
        lines += [_fitted(f"    {line}") for line in self._body(it)]
        while lines and not lines[-1]:
            lines.pop()
        return "\n".join(lines) + "\n"

    def _body(self, it: Declared) -> Iterator[str]:
        yield from self._key()
        names = {field.name for field in it.entity.fields}
        self.shadows_date = "date" in names
        for held in it.held:
            if not held.is_many and f"{held.relation.via}_id" not in names:
                yield self._reference(held)
        required = [field for field in it.entity.fields if field.required and field.default is None]
        others = [field for field in it.entity.fields if field not in required]
        ordered = [*required, *others] if self.manner.kind == "sqlmodel" else it.entity.fields
        yield from (self._column(stored(field)) for field in ordered)
        yield from self._times()
        yield from self._relations(it)

    def _key(self) -> Iterator[str]:
        sibling = self.manner.sibling
        if sibling is not None:
            key = next((line for name, line in sibling.lines.items() if _is_key(line)), "")
            if key:
                yield re.sub(r"^\w+", "id", key)
            return
        yield self._mapped("id", "int", ["primary_key=True"])

    def _times(self) -> Iterator[str]:
        """The times of creation and change, where the sibling has them, in its words."""
        sibling = self.manner.sibling
        if sibling is None:
            self._use("datetime", "datetime")
            now = f"{self._sa('func')}.now()"
            made = [f"{self._sa('DateTime')}(timezone=True)", f"server_default={now}"]
            yield self._mapped("created_at", "datetime", made)
            yield self._mapped("updated_at", "datetime", [*made, f"onupdate={now}"])
            return
        for name, line in sibling.lines.items():
            if re.fullmatch(r"(?:created|updated|modified|changed)(?:_at|_on)?", name):
                yield line

    def _column(self, it: Field) -> str:
        if self.manner.kind == "sqlmodel":
            return self._sqlmodel(it)
        arguments: list[str] = []
        annotated = self.manner.kind == "mapped"
        if not annotated or it.type not in _PLAIN_COLUMNS:
            arguments.append(self._type(it))
        if it.unique:
            arguments.append("unique=True")
        if it.indexed and not it.unique:
            arguments.append("index=True")
        if it.default is not None:
            arguments.append(f"default={_value(it)}")
        if annotated:
            return self._mapped(it.name, self._python(it), arguments)
        arguments += ["nullable=False"] if it.required else []
        return f"{it.name} = {self._sa('Column')}({', '.join(arguments)})"

    def _type(self, it: Field) -> str:
        made = SA_TYPES[it.type]
        if it.type == "string":
            made = f"String({it.maximum or 200})"
        if self.manner.naive:
            made = made.replace("(timezone=True)", "")
        name, _, rest = made.partition("(")
        return self._sa(name) + (f"({rest}" if rest else "")

    def _python(self, it: Field) -> str:
        made = _PY_TYPES.get(it.type, "str")
        if made == "date" and self.shadows_date:
            self._use("datetime", "date as date_type")
            return "date_type" if it.required else "date_type | None"
        for name, module in _TYPE_MODULES.items():
            if re.search(rf"\b{name}\b", made):
                self._use(module, name)
        return made if it.required else f"{made} | None"

    def _mapped(self, name: str, type_: str, arguments: list[str]) -> str:
        line = f"{name}: {self._orm('Mapped')}[{type_}]"
        if not arguments:
            return line
        return f"{line} = {self._orm('mapped_column')}({', '.join(arguments)})"

    def _sqlmodel(self, it: Field) -> str:
        type_ = self._python(it)
        arguments = []
        if it.default is not None or not it.required:
            value = _value(it) if it.default is not None else "None"
            arguments.append(f"default={value}")
        if it.unique:
            arguments.append("unique=True")
        if it.indexed and not it.unique:
            arguments.append("index=True")
        if it.type == "string":
            arguments.append(f"max_length={it.maximum or 200}")
        if it.type == "decimal":
            arguments += ["max_digits=12", "decimal_places=2"]
        if it.type in {"integer", "decimal", "float"}:
            arguments += [f"ge={it.minimum}"] if it.minimum is not None else []
            arguments += [f"le={it.maximum}"] if it.maximum is not None else []
        if it.type == "json":
            self._use("sqlalchemy", "JSON")
            arguments.append("sa_type=JSON")
        if arguments == ["default=None"]:
            return f"{it.name}: {type_} = None"
        if not arguments:
            return f"{it.name}: {type_}"
        self._use("sqlmodel", "Field")
        return f"{it.name}: {type_} = Field({', '.join(arguments)})"

    # Relations

    def _reference(self, held: Held) -> str:
        relation, target = held.relation, held.target
        name = f"{relation.via}_id"
        key = f"{target.table}.{target.key}"
        if self.manner.kind == "sqlmodel":
            self._use("sqlmodel", "Field")
            type_ = "UUID" if "uuid" in target.key_type.lower() else "int"
            if type_ == "UUID":
                self._use("uuid", "UUID")
            optional = "" if relation.required else " | None"
            default = "" if relation.required else "default=None, "
            action = relation.on_delete.replace("-", " ").upper()
            unique = "unique=True" if relation.kind == "one-to-one" else "index=True"
            return (
                f"{name}: {type_}{optional} = "
                f'Field({default}foreign_key="{key}", {unique}, ondelete="{action}")'
            )
        action = relation.on_delete.replace("-", " ").upper()
        reference = f'{self._sa("ForeignKey")}("{key}", ondelete="{action}")'
        unique = "unique=True" if relation.kind == "one-to-one" else "index=True"
        if self.manner.kind == "mapped":
            type_ = self._key_annotation(_key_type(target.key_type))
            type_ = type_ if relation.required else f"{type_} | None"
            return self._mapped(name, type_, [reference, unique])
        required = ["nullable=False"] if relation.required else []
        return f"{name} = {self._sa('Column')}({', '.join([reference, *required, unique])})"

    def _key_annotation(self, type_: str) -> str:
        """The type of a key, spelled as the sibling's own key is."""
        if type_ != "UUID":
            return type_
        lines = self.manner.sibling.lines.values() if self.manner.sibling is not None else ()
        spelled = (re.search(r"\[([\w.]*UUID)\]", it) for it in lines)
        found = next((it[1] for it in spelled if it is not None), "")
        if not found:
            self._use("uuid", "UUID")
        return found or "UUID"

    def _relations(self, it: Declared) -> Iterator[str]:
        if not self.manner.links_back:
            return
        for held in it.held:
            yield self._relation(held, it)
            if held.target.model is not None and self._is_here(held):
                self._take_back(held, it)
        for held in it.returned:
            yield self._back(held, held.target.name, f'"{held.relation.via}"', it)

    def _relation(self, held: Held, it: Declared) -> str:
        relation = held.relation
        arguments = [f'back_populates="{held.back}"'] if self._is_here(held) else []
        if relation.source == relation.target:
            arguments = []
        if held.is_many:
            type_ = f'list["{held.target.name}"]'
            arguments.insert(0, f"secondary={_association(it, held)}")
            name = relation.via
            if self.manner.kind == "sqlmodel":
                link = _link_class(it, held)
                arguments[0] = f"link_model={link}"
        elif self.manner.kind == "sqlmodel" and relation.source == relation.target:
            name, type_ = relation.via, f'"{held.target.name} | None"'
            side = f'{{"remote_side": "{it.class_name}.id"}}'
            arguments = [f"sa_relationship_kwargs={side}"]
        else:
            name = relation.via
            optional = "" if relation.required else " | None"
            type_ = f'"{held.target.name}{optional}"'
            if relation.source == relation.target:
                arguments.append(f'remote_side="{it.class_name}.id"')
            elif sum(h.target.name == held.target.name for h in it.held) > 1:
                arguments.append(f"foreign_keys=[{relation.via}_id]")
        return self._linked(name, type_, held.target.name, arguments)

    def _is_here(self, held: Held) -> bool:
        """Whether the other end stands in the same file, so that both can name each other."""
        model = held.target.model
        return model is None or model.place.file == self.manner.file

    def _back(self, held: Held, source: str, via: str, it: Declared) -> str:
        relation = held.relation
        many = relation.kind != "one-to-one"
        name = held.back
        arguments = [f"back_populates={via}"]
        type_ = f'list["{source}"]' if many else f'"{source} | None"'
        if held.is_many:
            other = f"{relation.source}_{plural(relation.target)}"
            arguments.insert(0, f"secondary={other}")
            if self.manner.kind == "sqlmodel":
                arguments[0] = f"link_model={source}{it.class_name}"
        elif relation.on_delete == "cascade" and many and self.manner.kind != "sqlmodel":
            arguments += ['cascade="all, delete-orphan"', "passive_deletes=True"]
        return self._linked(name, type_, source, arguments)

    def _linked(self, name: str, type_: str, target: str, arguments: list[str]) -> str:
        if self.manner.kind == "sqlmodel":
            self._use("sqlmodel", "Relationship")
            return f"{name}: {type_} = Relationship({', '.join(arguments)})"
        if self.manner.kind == "mapped":
            made = f"{name}: {self._orm('Mapped')}[{type_}] = "
            return f"{made}{self._orm('relationship')}({', '.join(arguments)})"
        listed = ", ".join([f'"{target}"', *arguments])
        return f"{name} = {self._orm('relationship')}({listed})"

    def _take_back(self, held: Held, it: Declared) -> None:
        """The other side of a relation, in a class that is there."""
        line = self._back(held, it.class_name, f'"{held.relation.via}"', it)
        if held.is_many:
            line = line.replace(
                f"secondary={held.relation.source}_{plural(held.relation.target)}",
                f'secondary="{_association(it, held)}"',
            )
        self.backs.setdefault(held.target.name, []).append(line)

    def _association(self, it: Declared, held: Held) -> str:
        """The table between the two ends."""
        name, target = _association(it, held), held.target
        one, other = f"{it.entity.name}_id", f"{target.entity}_id"
        if self.manner.kind == "sqlmodel":
            self._use("sqlmodel", "Field")
            self._use("sqlmodel", "SQLModel")
            return (
                f"class {_link_class(it, held)}(SQLModel, table=True):\n"
                f'    __tablename__ = "{name}"\n\n'
                f'    {one}: int = Field(foreign_key="{it.table}.id", primary_key=True)\n'
                f"    {other}: int = Field(\n"
                f'        foreign_key="{target.table}.{target.key}", primary_key=True, index=True\n'
                "    )\n"
            )
        base = (
            "db.Model" if self.manner.prefix == "db." else self.manner.header.split(",")[-1].strip()
        )
        key = self._sa("ForeignKey")
        column = self._sa("Column")
        return (
            f"{name} = {self._sa('Table')}(\n"
            f'    "{name}",\n'
            f"    {base}.metadata,\n"
            f"    {column}(\n"
            f'        "{one}", {key}("{it.table}.id", ondelete="CASCADE"), primary_key=True\n'
            "    ),\n"
            f"    {column}(\n"
            f'        "{other}",\n'
            f'        {key}("{target.table}.{target.key}", ondelete="CASCADE"),\n'
            "        primary_key=True,\n"
            "        index=True,\n"
            "    ),\n"
            ")\n"
        )

    # Names

    def _sa(self, name: str) -> str:
        if self.manner.prefix:
            return f"{self.manner.prefix}{name}"
        self._use("sqlalchemy", name)
        return name

    def _orm(self, name: str) -> str:
        if name == "Mapped" or not self.manner.orm:
            prefix = (
                self.manner.orm if name == "Mapped" and self.manner.orm in {"so.", "orm."} else ""
            )
            if not prefix:
                self._use("sqlalchemy.orm", name)
            return f"{prefix}{name}"
        return f"{self.manner.orm}{name}"

    def _use(self, module: str, name: str) -> None:
        self.imports.setdefault(module, set()).add(name)


def _association(it: Declared, held: Held) -> str:
    return f"{it.entity.name}_{plural(held.target.entity)}"


def _link_class(it: Declared, held: Held) -> str:
    return f"{it.class_name}{held.target.name}"


def _fitted(line: str) -> str:
    """A statement whose call is parted into lines where it is too long for one."""
    if len(line) <= 88 or "(" not in line:
        return line
    head, _, rest = line.partition(" = ")
    call, _, inner = rest.partition("(")
    indent = " " * (len(line) - len(line.lstrip()))
    arguments = inner.removesuffix(")")
    return f"{head} = {call}(\n{indent}    {arguments}\n{indent})"


def _is_key(line: str) -> bool:
    return "primary_key=True" in line.replace(" ", "") and "ForeignKey(" not in line


def _key_type(written: str) -> str:
    lower = written.lower()
    if "uuid" in lower:
        return "UUID"
    return "str" if lower.startswith(("string", "str", "text")) else "int"


def _value(it: Field) -> str:
    if isinstance(it.default, bool | int):
        return repr(it.default)
    return '"' + str(it.default).replace('"', '\\"') + '"'
