"""Writes tables in the words of a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backwright.recipes.brief.brief import Field
from backwright.recipes.sql.dialect import Dialect
from backwright.recipes.sql.table import Indexed, Reference, Table

_TOUCH = """CREATE OR REPLACE FUNCTION set_updated_at() RETURNS trigger AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
"""


def schema_text(tables: Sequence[Table], dialect: Dialect, *, has_touch: bool = False) -> str:
    """The statements that make the tables; `has_touch` where set_updated_at() is there already."""
    parts = []
    timed = any(it.is_timed for it in tables)
    if dialect.name == "postgresql" and timed and not has_touch:
        parts.append(f"-- Keeps updated_at true, whoever writes.\n{_TOUCH}")
    made: set[str] = set()
    waiting: list[tuple[str, Reference]] = []
    coming = {it.name for it in tables}
    for table in tables:
        made.add(table.name)
        late = [it for it in table.references if it.table in coming - made]
        if dialect.name == "sqlite":  # looks at a reference only when it is used
            late = []
        waiting += [(table.name, it) for it in late]
        parts.append(table_text(table, dialect, late))
    parts += [_late_text(table, it, dialect) for table, it in waiting]
    return "\n".join(parts)


def _late_text(table: str, it: Reference, dialect: Dialect) -> str:
    column = dialect.quoted(it.column)
    return (
        f"ALTER TABLE {dialect.quoted(table)}\n"
        f"    ADD FOREIGN KEY ({column}) {_references(it, dialect)};\n"
    )


def table_text(table: Table, dialect: Dialect, late: Sequence[Reference] = ()) -> str:
    """One table with its indexes and its trigger; the tables of `late` references come later."""
    lines = [*_columns(table, dialect, late), *_constraints(table, dialect, late)]
    body = ",\n".join(f"    {it}" for it in lines)
    parts = [f"CREATE TABLE {dialect.quoted(table.name)} (\n{body}\n);\n"]
    parts += [index_text(table.name, it, dialect) for it in table.indexes]
    if table.is_timed:
        parts += _trigger(table, dialect)
    return "\n".join(parts)


def index_text(table: str, index: Indexed, dialect: Dialect) -> str:
    """The statement that makes an index, below what it is for."""
    columns = ", ".join(dialect.quoted(it) for it in index.columns)
    kind = "UNIQUE INDEX" if index.unique else "INDEX"
    name = dialect.quoted(index_name(table, index.columns))
    note = f"-- {index.reason[:1].upper()}{index.reason[1:]}.\n"
    return f"{note}CREATE {kind} {name} ON {dialect.quoted(table)} ({columns});\n"


def index_name(table: str, columns: Sequence[str]) -> str:
    """PostgreSQL cuts names at 63 bytes, so that long ones are made short here."""
    name = "_".join((table, *columns, "idx"))
    return name if len(name) <= 63 else f"{name[:59].rstrip('_')}_idx"


def drop_text(tables: Sequence[Table], dialect: Dialect, *, has_touch: bool = False) -> str:
    """What takes the tables back, in the other order."""
    lines = [f"DROP TABLE {dialect.quoted(it.name)};\n" for it in reversed(tables)]
    if dialect.name == "postgresql" and not has_touch and any(it.is_timed for it in tables):
        lines.append("DROP FUNCTION set_updated_at();\n")
    return "".join(lines)


def column_text(field: Field, dialect: Dialect) -> str:
    """A column: its type, whether it may be empty, its default and its own checks."""
    name = dialect.quoted(field.name)
    parts = [name, _type(field, dialect)]
    if field.required:
        parts.append("NOT NULL")
    if field.default is not None and not (dialect.name == "mysql" and field.type == "text"):
        parts.append(f"DEFAULT {_default(field, dialect)}")
    if field.unique:
        parts.append("UNIQUE")
    line = " ".join(parts)
    for it in _checks(field, dialect):
        line += f" CHECK ({it})" if len(line) + len(it) < 84 else f"\n        CHECK ({it})"
    return line


def _columns(table: Table, dialect: Dialect, late: Sequence[Reference]) -> Iterator[str]:
    if not table.key:
        yield f"id {dialect.key}"
    for it in table.references:
        yield _reference(it, dialect, is_late=it in late)
    for field in table.columns:
        yield column_text(field, dialect)
    if table.is_timed:
        yield f"created_at {dialect.created}"
        touched = " ON UPDATE CURRENT_TIMESTAMP" if dialect.name == "mysql" else ""
        yield f"updated_at {dialect.created}{touched}"


def _reference(it: Reference, dialect: Dialect, *, is_late: bool) -> str:
    parts = [dialect.quoted(it.column), dialect.reference_to(it.type)]
    if it.required:
        parts.append("NOT NULL")
    if it.unique:
        parts.append("UNIQUE")
    if (
        dialect.name != "mysql" and not is_late
    ):  # which reads a reference beside its column, and forgets it
        parts.append(_references(it, dialect))
    return " ".join(parts)


def _references(it: Reference, dialect: Dialect) -> str:
    action = it.on_delete.replace("-", " ").upper()
    target = f"{dialect.quoted(it.table)} ({dialect.quoted(it.key)})"
    return f"REFERENCES {target} ON DELETE {action}"


def _constraints(table: Table, dialect: Dialect, late: Sequence[Reference]) -> Iterator[str]:
    if table.key:
        yield f"PRIMARY KEY ({', '.join(dialect.quoted(it) for it in table.key)})"
    if dialect.name == "mysql":
        for it in (it for it in table.references if it not in late):
            yield f"FOREIGN KEY ({dialect.quoted(it.column)}) {_references(it, dialect)}"
    for first, last in table.ordered:
        yield f"CHECK ({dialect.quoted(last)} >= {dialect.quoted(first)})"


def _type(field: Field, dialect: Dialect) -> str:
    if field.type == "string" and field.maximum:
        return dialect.types["sized"].format(size=field.maximum)
    if dialect.name == "mysql" and field.unique and field.type in {"text", "url"}:
        return dialect.types["string"]  # longer ones can't be in an index
    return dialect.types[field.type]


def _default(field: Field, dialect: Dialect) -> str:
    value = field.default
    return dialect.literal(value) if value is not None else "NULL"


def _checks(field: Field, dialect: Dialect) -> Iterator[str]:
    name = dialect.quoted(field.name)
    if field.choices:
        yield f"{name} IN ({', '.join(dialect.literal(it) for it in field.choices)})"
    if field.type == "boolean" and dialect.name == "sqlite":
        yield f"{name} IN (0, 1)"
    low, high = field.minimum, field.maximum
    if field.type in {"integer", "bigint", "decimal", "float"}:
        if low is not None and high is not None:
            yield f"{name} BETWEEN {low} AND {high}"
        elif low is not None or high is not None:
            yield f"{name} >= {low}" if low is not None else f"{name} <= {high}"
    elif field.type in {"string", "text"}:
        yield from _lengths(field, dialect, name)


def _lengths(field: Field, dialect: Dialect, name: str) -> Iterator[str]:
    measured = f"{dialect.max_length}({name})"
    if field.minimum:
        yield f"{measured} >= {field.minimum}"
    sized = "{size}" in dialect.types["sized"] and field.type == "string"
    if field.maximum and not sized:
        yield f"{measured} <= {field.maximum}"


def _trigger(table: Table, dialect: Dialect) -> list[str]:
    name = f"{table.name}_set_updated_at"
    quoted = dialect.quoted(table.name)
    if dialect.name == "postgresql":
        return [
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {quoted}\n"
            "    FOR EACH ROW EXECUTE FUNCTION set_updated_at();\n"
        ]
    if dialect.name == "sqlite":
        return [
            f"CREATE TRIGGER {name} AFTER UPDATE ON {quoted}\n"
            "    WHEN NEW.updated_at = OLD.updated_at\n"
            "BEGIN\n"
            f"    UPDATE {quoted} SET updated_at = CURRENT_TIMESTAMP WHERE id = NEW.id;\n"
            "END;\n"
        ]
    return []
