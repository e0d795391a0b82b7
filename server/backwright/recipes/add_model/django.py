"""Adds models of Django."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from backwright.edits.units import Unit
from backwright.facts.backend import Model
from backwright.recipes.add_model.python_file import base_imports, home_of, import_text
from backwright.recipes.declaring.django_model import DjangoWriter, app_label
from backwright.recipes.declaring.entity_plan import Declared
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project


def units_for(
    project: Project, models: Sequence[Model], entities: Sequence[Declared]
) -> list[Unit] | Refused:
    situation = project.situation
    near = [h.target.model.place.file for it in entities for h in it.held if h.target.model]
    named = [it for it in _model_files(project) if _app_of(it) in situation.request.lower().split()]
    home = home_of(situation, models, entities[0].entity.name, [*named, *near])
    if not models:
        files = named or _model_files(project)
        if not files:
            return Refused("no app has a models.py: make one with `python manage.py startapp NAME`")
        path, app, sibling, is_new = files[0], _app_of(files[0]), None, False
    else:
        path, sibling, is_new = home.path, home.sibling, home.is_new
        app = app_label(next(it for it in models if it.place.file == home.shown))
    writer = DjangoWriter(sibling, app)
    text = writer.text(entities)
    own = base_imports(project, home, sibling.bases) if sibling is not None and is_new else []
    if is_new:
        writer.imports.setdefault("django.db", set()).add("models")
        block = import_text(writer.imports, [it for it in own if not it.endswith(" models\n")])
        package = posixpath.join(posixpath.dirname(path), "__init__.py")
        names = ", ".join(it.class_name for it in entities)
        module = posixpath.basename(path).removesuffix(".py")
        return [
            Unit(path, "create", text=f"{block}\n\n{text}"),
            Unit(package, "imports", text=f"from .{module} import {names}\n"),
        ]
    writer.imports.setdefault("django.db", set()).add("models")
    imports = import_text(writer.imports)
    return [Unit(path, "imports", text=imports), Unit(path, "append", text=text)]


def _model_files(project: Project) -> list[str]:
    return [it for it in project.sources((".py",)) if posixpath.basename(it) == "models.py"]


def _app_of(path: str) -> str:
    return posixpath.basename(posixpath.dirname(path))
