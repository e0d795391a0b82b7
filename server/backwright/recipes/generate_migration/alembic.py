"""A revision of Alembic."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass

from backwright.edits.units import Unit
from backwright.facts.backend import Field as Declared
from backwright.facts.backend import Model
from backwright.recipes.brief.brief import Field
from backwright.recipes.declaring.sqlalchemy_model import SA_TYPES
from backwright.recipes.generate_migration.steps import Add, Drop, Index, Step
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project
from backwright.recipes.sql.ddl import index_name

_REVISION = re.compile(r"^revision(?:\s*:[^=]+)?\s*=\s*['\"](\w+)['\"]", re.MULTILINE)
_DOWN = re.compile(r"^down_revision(?:\s*:[^=]+)?\s*=\s*([^\n]+)", re.MULTILINE)
_PLAIN = {
    "int": "Integer", "str": "String", "float": "Float", "bool": "Boolean", "datetime": "DateTime",
    "date": "Date", "Decimal": "Numeric", "UUID": "Uuid", "dict": "JSON",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Head:
    folder: str
    revision: str


def units_for(
    project: Project, model: Model, steps: Sequence[Step], title: str
) -> list[Unit] | Refused:
    head = _head(project)
    if isinstance(head, Refused):
        return head
    slug = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:40]
    revision = hashlib.sha256(f"{head.revision} {title}".encode()).hexdigest()[:12]
    up: list[str] = []
    down: list[str] = []
    for step in steps:
        forward, back = _statements(model, step)
        up += forward
        down[:0] = back
    text = (
        f'"""{title}\n\nRevision ID: {revision}\nRevises: {head.revision}\n"""\n\n'
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        f'revision = "{revision}"\n'
        f"down_revision = {_quoted(head.revision)}\n"
        "branch_labels = None\ndepends_on = None\n\n\n"
        f"def upgrade() -> None:\n{_body(up)}\n\ndef downgrade() -> None:\n{_body(down)}"
    )
    if "sa." not in text:
        text = text.replace("import sqlalchemy as sa\n", "")
    return [Unit(posixpath.join(head.folder, f"{revision}_{slug}.py"), "create", text=text)]


def _head(project: Project) -> _Head | Refused:
    """The latest revision; several are for a person to merge."""
    revisions: dict[str, str] = {}
    referred: set[str] = set()
    for path in project.situation.paths:
        if not path.endswith(".py") or "/versions/" not in f"/{path}":
            continue
        text = project.situation.source(path)
        match, down = _REVISION.search(text), _DOWN.search(text)
        if match is not None and down is not None:
            revisions[match[1]] = posixpath.dirname(path)
            referred |= set(re.findall(r"['\"](\w+)['\"]", down[1]))
    heads = [it for it in revisions if it not in referred]
    if len(heads) > 1:
        return Refused(f"Alembic has several heads ({', '.join(heads)}): merge them first")
    if heads:
        return _Head(revisions[heads[0]], heads[0])
    ini = next((it for it in project.situation.paths if it.endswith("alembic.ini")), "")
    place = re.search(r"^script_location\s*=\s*(.+)$", project.situation.source(ini), re.MULTILINE)
    if place is None:
        return Refused("the project has no migrations: start with `alembic init alembic`")
    location = place[1].strip().replace("%(here)s/", "")
    return _Head(posixpath.join(posixpath.dirname(ini), location, "versions"), "")


def _statements(model: Model, step: Step) -> tuple[list[str], list[str]]:
    table = model.table
    match step:
        case Add(field, declared):
            column = _new_column(field, declared)
            forward = [f'op.add_column("{table}", {column})']
            back = [f'op.drop_column("{table}", "{_name(field.name, declared)}")']
            if field.unique:
                name = index_name(table, [_name(field.name, declared)])
                key = f'["{_name(field.name, declared)}"]'
                forward.append(f'op.create_index("{name}", "{table}", {key}, unique=True)')
                back.insert(0, f'op.drop_index("{name}", table_name="{table}")')
            return forward, back
        case Drop(declared):
            name = declared.column or declared.name
            type_ = _type(declared.type)
            note = f"# The data of {table}.{name} is gone then; going back brings the column alone."
            again = f'op.add_column("{table}", sa.Column("{name}", {type_}, nullable=True))'
            return [note, f'op.drop_column("{table}", "{name}")'], [again]
        case Index(fields, unique):
            names = [it.column or it.name for it in fields]
            listed = ", ".join(f'"{it}"' for it in names)
            name = index_name(table, names)
            kind = ", unique=True" if unique else ""
            return (
                [f'op.create_index("{name}", "{table}", [{listed}]{kind})'],
                [f'op.drop_index("{name}", table_name="{table}")'],
            )


def _new_column(field: Field, declared: Declared | None) -> str:
    type_ = _type(declared.type) if declared is not None else _own_type(field)
    arguments = [f'"{_name(field.name, declared)}"', type_]
    if declared is not None and declared.references:
        arguments.append(f'sa.ForeignKey("{declared.references}")')
    nullable = declared.nullable if declared is not None else not field.required
    default = _default(field)
    if not nullable and default:
        arguments += ["nullable=False", f"server_default={default}"]
    else:
        arguments.append("nullable=True")
    return f"sa.Column({', '.join(arguments)})"


def _default(field: Field) -> str:
    """What rows that are there get, "" for nothing."""
    if isinstance(field.default, bool) or field.type == "boolean":
        return f"sa.{'true' if field.default else 'false'}()"
    return f'"{field.default}"' if field.default is not None else ""


def _own_type(field: Field) -> str:
    made = SA_TYPES[field.type]
    if field.type == "string":
        made = f"String({field.maximum or 200})"
    return f"sa.{made}" if "(" in made else f"sa.{made}()"


def _type(written: str) -> str:
    name, bracket, rest = written.rpartition(".")[2].partition("(")
    made = _PLAIN.get(name, name or "String")
    return f"sa.{made}({rest}" if bracket else f"sa.{made}()"


def _name(name: str, declared: Declared | None) -> str:
    return (declared.column or declared.name) if declared is not None else name


def _quoted(revision: str) -> str:
    return f'"{revision}"' if revision else "None"


def _body(lines: Sequence[str]) -> str:
    return "".join(f"    {it}\n" for it in lines) or "    pass\n"
