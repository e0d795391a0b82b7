"""Migrations that are SQL: those of Prisma and of TypeORM."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from msgspec.structs import replace

from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.brief.brief import Field
from backwright.recipes.brief.present import type_of_column
from backwright.recipes.declaring.entity_plan import camel, pascal
from backwright.recipes.generate_migration.steps import Add, Drop, Index, Step
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project
from backwright.recipes.script_style import style_of
from backwright.recipes.sql.ddl import column_text, index_name
from backwright.recipes.sql.dialect import Dialect, dialect_named, dialects

_FIRST = 20250101000000


def prisma_units(
    project: Project, model: Model, steps: Sequence[Step], title: str
) -> list[Unit] | Refused:
    source = project.situation.source(model.place.file)
    schemas = "\n".join(
        project.situation.source(it) for it in project.situation.paths if it.endswith(".prisma")
    )
    match = re.search(r'datasource\s+\w+\s*\{[^}]*provider\s*=\s*"(\w+)"', schemas)
    dialect = dialect_named(match[1] if match else "postgresql")
    if dialect is None:
        return Refused("there are no migrations in SQL for the database of this schema")
    folder = posixpath.dirname(model.place.file)
    if posixpath.basename(folder) == "schema":
        folder = posixpath.dirname(folder)
    taken = [
        int(it)
        for path in project.situation.paths
        for it in re.findall(rf"^{re.escape(folder)}/migrations/(\d{{14}})_", path)
    ]
    slug = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:40]
    place = posixpath.join(folder, "migrations", f"{max(taken, default=_FIRST - 1) + 1}_{slug}")
    is_snake = "@map(" not in source and re.search(r"^\s+\w+_\w+\s", source, re.MULTILINE)
    up, down = sql_of(model, steps, dialect, camel_columns=not is_snake and "@map(" not in source)
    note = "-- Takes the migration back: `prisma db execute --file` this one.\n"
    return [
        Unit(posixpath.join(place, "migration.sql"), "create", text="".join(up)),
        Unit(posixpath.join(place, "down.sql"), "create", text=note + "".join(down)),
    ]


def typeorm_units(
    project: Project, model: Model, steps: Sequence[Step], title: str
) -> list[Unit] | Refused:
    numbered = [
        (posixpath.dirname(it), int(match[1]), it)
        for it in project.situation.paths
        if (match := re.match(r"(\d{13})-\w+\.ts$", posixpath.basename(it)))
    ]
    folder, number, shown = max(numbered, key=lambda it: it[1], default=("src/migrations", 0, ""))
    style = style_of(project.situation.source(shown or model.place.file))
    number = number + 1 if number else 1735689600000
    dialect = next(
        (d for d in map(dialect_named, project.situation.stack.databases) if d is not None),
        dialects()["postgresql"],
    )
    up, down = sql_of(model, steps, dialect, camel_columns=True)
    name = pascal(re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_"))[:50]
    semi = style.semicolon
    text = (
        f"import {{ MigrationInterface, QueryRunner }} from {style.quoted('typeorm')}{semi}\n\n"
        f"export class {name}{number} implements MigrationInterface {{\n"
        f"  public async up(queryRunner: QueryRunner): Promise<void> {{\n"
        f"{_runs(up, semi)}  }}\n\n"
        f"  public async down(queryRunner: QueryRunner): Promise<void> {{\n"
        f"{_runs(down, semi)}  }}\n"
        "}\n"
    )
    return [Unit(posixpath.join(folder, f"{number}-{name}.ts"), "create", text=text)]


def _runs(statements: Sequence[str], semi: str) -> str:
    lines = []
    for it in statements:
        notes = [row for row in it.splitlines() if row.startswith("--")]
        lines += [f"    //{row[2:]}\n" for row in notes]
        body = " ".join(row for row in it.splitlines() if not row.startswith("--")).rstrip(";")
        lines.append(f"    await queryRunner.query(`{body}`){semi}\n")
    return "".join(lines)


def sql_of(
    model: Model, steps: Sequence[Step], dialect: Dialect, *, camel_columns: bool
) -> tuple[list[str], list[str]]:
    """The statements that make the steps, and those that take them back."""
    table = _quoted(model.table, dialect)
    up: list[str] = []
    down: list[str] = []
    for step in steps:
        match step:
            case Add(field, known):
                name = (known.column or known.name) if known is not None else field.name
                name = camel(name) if known is None and camel_columns else name
                column = _column(field, name, dialect)
                up.append(f"ALTER TABLE {table} ADD COLUMN {column};\n")
                down.insert(0, f"ALTER TABLE {table} DROP COLUMN {_quoted(name, dialect)};\n")
            case Drop(known):
                name = _quoted(known.column or known.name, dialect)
                note = f"-- The data of {known.name} is gone then, also after going back.\n"
                up.append(f"{note}ALTER TABLE {table} DROP COLUMN {name};\n")
                type_ = _type(known.type, dialect)
                down.insert(0, f"ALTER TABLE {table} ADD COLUMN {name} {type_};\n")
            case Index(fields, unique):
                names = [it.column or it.name for it in fields]
                listed = ", ".join(_quoted(it, dialect) for it in names)
                title = _quoted(index_name(model.table.rpartition(".")[2], names), dialect)
                kind = "UNIQUE INDEX" if unique else "INDEX"
                up.append(f"CREATE {kind} {title} ON {table} ({listed});\n")
                on = f" ON {table}" if dialect.name == "mysql" else ""
                down.insert(0, f"DROP INDEX {title}{on};\n")
    return up, down


def _column(field: Field, name: str, dialect: Dialect) -> str:
    """The column for a table that has rows: without a default it may be empty."""
    required = field.required and (field.default is not None or field.type == "boolean")
    default = field.default
    if field.type == "boolean" and default is None:
        default = False
    made = column_text(replace(field, required=required, default=default, choices=()), dialect)
    own = dialect.quoted(field.name)
    return f"{_quoted(name, dialect)}{made.removeprefix(own)}"


def _type(written: str, dialect: Dialect) -> str:
    return dialect.types[type_of_column(written, "")]


def _quoted(name: str, dialect: Dialect) -> str:
    mark = "`" if dialect.name == "mysql" else '"'
    return ".".join(f"{mark}{it}{mark}" for it in name.split("."))
