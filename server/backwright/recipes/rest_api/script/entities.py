"""Entities of TypeORM: decorated classes in TypeScript, schemas of entities in JavaScript."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.recipes.brief.brief import Field
from backwright.recipes.rest_api.resources import Link, Peers, Resource, stored
from backwright.recipes.rest_api.script.source import literal, quoted, table
from backwright.recipes.rest_api.spelling import camel

_TYPES = {
    "integer": "number", "bigint": "number", "decimal": "number", "float": "number",
    "boolean": "boolean", "datetime": "Date", "json": "unknown",
}  # fmt: skip
_COLUMNS = {
    "text": "text", "uuid": "varchar", "integer": "int", "bigint": "bigint",
    "decimal": "decimal", "float": "float", "boolean": "boolean", "date": "date",
    "json": "simple-json",
}  # fmt: skip
_LENGTHS = {
    "string": 255, "email": 320, "url": 2048, "slug": 255, "phone": 32, "password": 255, "uuid": 36,
}  # fmt: skip
_ON_DELETE = {"cascade": "CASCADE", "restrict": "RESTRICT", "set-null": "SET NULL"}


@dataclass(frozen=True, slots=True)
class Entity:
    """The text of an entity with the names that it takes from TypeORM, from the module of column
    types, and the other entities that it names."""

    text: str
    orm: tuple[str, ...]
    columns: tuple[str, ...]
    others: tuple[Resource, ...]


def script_type(field: Field) -> str:
    """The type of a field's value in TypeScript, without null."""
    if field.type == "choice":
        return " | ".join(quoted(it) for it in field.choices)
    return _TYPES.get(field.type, "string")


def decorated(resource: Resource) -> Entity:
    """A class whose properties are decorated."""
    rows = ["  @PrimaryGeneratedColumn()\n  id!: number;"]
    orm = {"Column", "Entity", "PrimaryGeneratedColumn", "CreateDateColumn", "UpdateDateColumn"}
    for link in resource.links:
        orm |= {"OneToOne" if link.single else "ManyToOne", "JoinColumn", "type Relation"}
        rows += [_key(link), _to_one(link)]
    rows += [_column(stored(it)) for it in resource.fields]
    rows += [
        "  @CreateDateColumn({ type: instant, name: 'created_at' })\n  createdAt!: Date;",
        "  @UpdateDateColumn({ type: instant, name: 'updated_at' })\n  updatedAt!: Date;",
    ]
    for link in resource.held:
        orm |= {"OneToOne" if link.single else "OneToMany", "type Relation"}
        rows.append(_held(link))
    for peers in resource.peers:
        orm |= {"ManyToMany", "JoinTable", "type Relation"}
        rows.append(_pairs(peers))
    for peers in resource.peered:
        orm |= {"ManyToMany", "type Relation"}
        rows.append(_paired(peers))
    orm |= {"Index"} if any(it.indexed and not it.unique for it in resource.fields) else set()
    body = "\n\n".join(rows)
    text = f"@Entity('{resource.table}')\nexport class {resource.kind} {{\n{body}\n}}"
    if not any(stored(it) for it in resource.fields) and not resource.links:
        orm.discard("Column")
    return Entity(text, tuple(orm), _own(text), _others(resource))


def schema(resource: Resource) -> Entity:
    """An EntitySchema, which needs no decorators."""
    columns = ["    id: { type: 'int', primary: true, generated: true },"]
    columns += [f"    {camel(it.key)}: {table(_key_options(it))}," for it in resource.links]
    columns += [
        f"    {camel(it.name)}: {table(column_options(it))}," for it in map(stored, resource.fields)
    ]
    columns += [
        "    createdAt: { type: instant, name: 'created_at', createDate: true },",
        "    updatedAt: { type: instant, name: 'updated_at', updateDate: true },",
    ]
    relations = [_schema_link(it) for it in resource.links]
    relations += [_schema_held(it) for it in resource.held]
    relations += [_schema_pairs(it) for it in resource.peers]
    relations += [_schema_paired(it) for it in resource.peered]
    lines = [
        f"export const {resource.kind} = new EntitySchema({{",
        f"  name: '{resource.kind}',",
        f"  tableName: '{resource.table}',",
        "  columns: {",
        *columns,
        "  },",
    ]
    if relations:
        lines += ["  relations: {", *relations, "  },"]
    text = "\n".join([*lines, "});"])
    return Entity(text, ("EntitySchema",), _own(text), ())


def _own(text: str) -> tuple[str, ...]:
    return tuple(it for it in ("instant", "asNumber") if f" {it}" in text)


def _others(resource: Resource) -> tuple[Resource, ...]:
    found = [it.target for it in resource.links] + [it.source for it in resource.held]
    found += [it.target for it in resource.peers] + [it.source for it in resource.peered]
    others = {it.name: it for it in found if it.name != resource.name}
    return tuple(others.values())


def column_options(field: Field) -> list[str]:
    """What TypeORM is told of a column."""
    type_ = "instant" if field.type == "datetime" else quoted(_COLUMNS.get(field.type, "varchar"))
    options = [f"type: {type_}"]
    name = camel(field.name)
    if name != field.name:
        options.append(f"name: '{field.name}'")
    length = field.maximum if field.type in {"string", "slug"} and field.maximum else None
    length = length or _LENGTHS.get(field.type)
    if field.type == "choice":
        length = max(20, *(len(it) for it in field.choices))
    if length:
        options.append(f"length: {length}")
    if field.type == "decimal":
        options += ["precision: 12", "scale: 2"]
    if field.type in {"decimal", "bigint"}:
        options.append("transformer: asNumber")
    if not field.required:
        options.append("nullable: true")
    if field.unique:
        options.append("unique: true")
    if field.default is not None:
        options.append(f"default: {literal(default_of(field))}")
    return options


def default_of(field: Field) -> object:
    if field.type in {"decimal", "float"} and isinstance(field.default, str):
        return float(field.default)
    return field.default


def _column(field: Field) -> str:
    null = "" if field.required else " | null"
    index = "  @Index()\n" if field.indexed and not field.unique else ""
    return (
        f"{index}  @Column({table(column_options(field))})\n"
        f"  {camel(field.name)}!: {script_type(field)}{null};"
    )


def _key_options(link: Link) -> list[str]:
    options = ["type: 'int'", f"name: '{link.key}'"]
    return options + ([] if link.required else ["nullable: true"])


def _key(link: Link) -> str:
    null = "" if link.required else " | null"
    return f"  @Column({table(_key_options(link))})\n  {camel(link.key)}!: number{null};"


def _to_one(link: Link) -> str:
    kind, back = link.target.kind, camel(link.back)
    how = "OneToOne" if link.single else "ManyToOne"
    options = [] if link.required else ["nullable: true"]
    options.append(f"onDelete: '{_ON_DELETE[link.on_delete]}'")
    inverse = f"({link.target.one}) => {link.target.one}.{back}"
    null = "" if link.required else " | null"
    return (
        f"  @{how}(() => {kind}, {inverse}, {table(options)})\n"
        f"  @JoinColumn({{ name: '{link.key}' }})\n"
        f"  {camel(link.name)}!: Relation<{kind}>{null};"
    )


def _held(link: Link) -> str:
    source = link.source
    how, many = ("OneToOne", "") if link.single else ("OneToMany", "[]")
    return (
        f"  @{how}(() => {source.kind}, ({source.one}) => {source.one}.{camel(link.name)})\n"
        f"  {camel(link.back)}!: Relation<{source.kind}{many}>;"
    )


def _pairs(peers: Peers) -> str:
    target = peers.target
    join = (
        "  @JoinTable({\n"
        f"    name: '{peers.table}',\n"
        f"    joinColumn: {{ name: '{peers.source.name}_id' }},\n"
        f"    inverseJoinColumn: {{ name: '{peers.target_key}' }},\n"
        "  })\n"
    )
    return (
        f"  @ManyToMany(() => {target.kind}, ({target.one}) => {target.one}.{camel(peers.back)})\n"
        f"{join}  {camel(peers.name)}!: Relation<{target.kind}[]>;"
    )


def _paired(peers: Peers) -> str:
    source = peers.source
    return (
        f"  @ManyToMany(() => {source.kind}, ({source.one}) => {source.one}.{camel(peers.name)})\n"
        f"  {camel(peers.back)}!: Relation<{source.kind}[]>;"
    )


def _schema_link(link: Link) -> str:
    kind = "one-to-one" if link.single else "many-to-one"
    entries = [f"type: '{kind}'", f"target: '{link.target.kind}'"]
    entries.append(f"joinColumn: {{ name: '{link.key}' }}")
    entries.append(f"inverseSide: '{camel(link.back)}'")
    entries += [] if link.required else ["nullable: true"]
    entries.append(f"onDelete: '{_ON_DELETE[link.on_delete]}'")
    return _block(camel(link.name), entries)


def _schema_held(link: Link) -> str:
    kind = "one-to-one" if link.single else "one-to-many"
    entries = [f"type: '{kind}'", f"target: '{link.source.kind}'"]
    return _block(camel(link.back), [*entries, f"inverseSide: '{camel(link.name)}'"])


def _schema_pairs(peers: Peers) -> str:
    join = (
        f"joinTable: {{ name: '{peers.table}', joinColumn: {{ name: '{peers.source.name}_id' }},"
        f" inverseJoinColumn: {{ name: '{peers.target_key}' }} }}"
    )
    entries = ["type: 'many-to-many'", f"target: '{peers.target.kind}'", join]
    return _block(camel(peers.name), [*entries, f"inverseSide: '{camel(peers.back)}'"])


def _schema_paired(peers: Peers) -> str:
    entries = ["type: 'many-to-many'", f"target: '{peers.source.kind}'"]
    return _block(camel(peers.back), [*entries, f"inverseSide: '{camel(peers.name)}'"])


def _block(name: str, entries: list[str]) -> str:
    rows = "".join(f"      {it},\n" for it in entries)
    return f"    {name}: {{\n{rows}    }},"
