"""A migration of Django."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.declaring.django_model import app_label, field_text
from backwright.recipes.declaring.python_classes import ModelClass, model_classes
from backwright.recipes.generate_migration.steps import Add, Drop, Index, Step
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project
from backwright.recipes.sql.ddl import index_name


def units_for(
    project: Project, model: Model, steps: Sequence[Step], title: str
) -> list[Unit] | Refused:
    source = project.situation.source(model.place.file)
    declared = model_classes(source).get(model.name)
    if declared is None:
        return Refused(f"{model.name} can't be read in {model.place.file}")
    folder = posixpath.dirname(model.place.file)
    if posixpath.basename(folder) == "models":
        folder = posixpath.dirname(folder)
    migrations = posixpath.join(folder, "migrations")
    names = [posixpath.basename(it) for it in project.situation.paths if _is_in(it, migrations)]
    numbered = [it.removesuffix(".py") for it in names if re.match(r"\d{4}_\w+\.py$", it)]
    latest = _leaf(project, migrations, numbered)
    if isinstance(latest, Refused):
        return latest
    operations = []
    for step in steps:
        made = _operation(model, declared, step)
        if isinstance(made, Refused):
            return made
        operations.append(made)
    slug = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:40]
    number = int(latest[:4]) + 1
    listed = "".join(f"        {it},\n" for it in operations)
    text = (
        "from django.db import migrations, models\n\n\n"
        "class Migration(migrations.Migration):\n"
        f'    dependencies = [("{app_label(model)}", "{latest}")]\n\n'
        f"    operations = [\n{listed}    ]\n"
    )
    if "models." not in listed:
        text = text.replace("import migrations, models", "import migrations")
    return [Unit(posixpath.join(migrations, f"{number:04}_{slug}.py"), "create", text=text)]


def _is_in(path: str, folder: str) -> bool:
    return posixpath.dirname(path) == folder


def _leaf(project: Project, folder: str, names: Sequence[str]) -> str | Refused:
    """The latest migration; several are for a person to merge."""
    if not names:
        return Refused(
            f"{folder} has no migration yet: the first one comes from `python manage.py"
            " makemigrations`"
        )
    texts = [project.situation.source(posixpath.join(folder, f"{it}.py")) for it in names]
    leaves = [it for it in names if not any(f'"{it}"' in t or f"'{it}'" in t for t in texts)]
    if len(leaves) > 1:
        return Refused(f"{folder} has several leaves ({', '.join(leaves)}): merge them first")
    return leaves[0] if leaves else max(names)


def _operation(model: Model, declared: ModelClass, step: Step) -> str | Refused:
    name = model.name.lower()
    match step:
        case Add(field, known):
            if known is not None:
                line = declared.lines.get(known.name, "")
                text = line.partition("=")[2].strip()
                if not text.startswith("models.") or "choices=" in text:
                    return Refused(f"{known.name} is declared in a way that only Django can write")
            else:
                text = field_text(field).partition("=")[2].strip()
            return (
                f'migrations.AddField(\n            model_name="{name}", name="{field.name}",'
                f" field={text}\n        )"
            )
        case Drop(known):
            note = f"# The data of {known.name} is gone then; going back brings the column alone.\n"
            return f'{note}        migrations.RemoveField(model_name="{name}", name="{known.name}")'
        case Index(fields, unique):
            names = [it.name for it in fields]
            listed = ", ".join(f'"{it}"' for it in names)
            title = index_title(name, names)
            kind, made = ("Constraint", "UniqueConstraint") if unique else ("Index", "Index")
            return (
                f'migrations.Add{kind}(\n            model_name="{name}",\n            '
                f'{kind.lower()}=models.{made}(fields=[{listed}], name="{title}"),\n        )'
            )


def index_title(model: str, names: Sequence[str]) -> str:
    """Django takes at most 30 characters for the name of an index."""
    return index_name(model, names)[:30].rstrip("_")
