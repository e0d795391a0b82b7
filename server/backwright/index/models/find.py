"""All models of a project: its classes and objects shown to each family, relations connected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backwright.facts import code
from backwright.facts.backend import Model, Route
from backwright.facts.code import FileFacts
from backwright.facts.schema import Schema
from backwright.index.calls import CallMemory
from backwright.index.evaluate import Evaluator
from backwright.index.evaluation.runner import MAX_STEPS
from backwright.index.models.annotated import AnnotatedFamily
from backwright.index.models.apps import Apps
from backwright.index.models.assigned import AssignedFamily
from backwright.index.models.candidates import candidates
from backwright.index.models.decorated import DecoratedFamily
from backwright.index.models.defined import DefinedFamily
from backwright.index.models.described import described
from backwright.index.models.documents import DocumentsFamily
from backwright.index.models.draft import Draft, identity
from backwright.index.models.lineage import bases
from backwright.index.models.linked import link
from backwright.index.models.mapped import MappedFamily, finish
from backwright.index.models.migrated import migrated
from backwright.index.models.relations import Drafts, connect
from backwright.index.models.shapes import ShapesFamily
from backwright.index.models.tabled import TabledFamily
from backwright.index.models.usage import Usage
from backwright.index.models.vocabulary import vocabulary
from backwright.index.testfiles import is_test
from backwright.index.values import ClassValue, Map, ModuleValue, Object, Value

STEPS = 200_000
"""What models may take, also in a project that has used up the evaluator's steps."""


@dataclass(frozen=True, slots=True)
class FoundModels:
    """The models in the order of files and lines, and which functions use those that are stored."""

    models: list[Model]
    usage: Usage


def find_models(
    evaluator: Evaluator,
    files: Mapping[str, FileFacts],
    schemas: Mapping[str, Schema],
    routes: Sequence[Route],
    memory: CallMemory,
    more: Sequence[Draft] = (),
) -> FoundModels:
    """Every model of the project, its tests left out, once the routes are known; `more` are models
    that are known already."""
    sources = [path for path in sorted(files) if not is_test(path)]
    named = {name for it in routes for name in (it.request_model, it.response_model)} - {""}
    paths = candidates(files, sources, memory, frozenset(named))
    evaluator.steps = min(evaluator.steps, MAX_STEPS - STEPS)
    ran = [evaluator.module(path) for path in paths]
    modules = [it for it in ran if it is not None]
    values = [value for module in modules for value in _values(module)]
    project = _Project(
        evaluator,
        files,
        modules,
        _parents_first(values, evaluator),
        [it for it in values if isinstance(it, Object)],
        named,
    )
    drafts = list(_declared(project))
    connect(Drafts(drafts))
    drafts += more
    drafts += described(schemas, {it.table for it in drafts if it.table})
    drafts += migrated(evaluator, files, {it.table.lower() for it in drafts if it.table})
    models = sorted(
        (it.closed() for it in drafts), key=lambda it: (it.place.file, it.place.line, it.name)
    )
    stored = {identity(it.source): it.name for it in drafts if it.table and it.source is not None}
    clients = vocabulary().clients
    properties = {
        f"{it.name[:1].lower()}{it.name[1:]}": it.name
        for it in drafts
        if it.kind in {client.kind for client in clients}
    }
    classes = frozenset(name for client in clients for name in client.classes)
    return FoundModels(models, Usage(evaluator, stored, properties, classes))


@dataclass(frozen=True, slots=True)
class _Project:
    """What was run of a project, to be shown to each family."""

    evaluator: Evaluator
    files: Mapping[str, FileFacts]
    modules: Sequence[ModuleValue]
    classes: list[ClassValue]
    objects: list[Object]
    named: set[str]
    """Classes that routes name."""


def _declared(project: _Project) -> Iterator[Draft]:
    """What classes and calls declare, in all families."""
    yield from _of_classes(project)
    yield from _of_decorators(project)
    yield from _of_calls(project)


def _of_classes(project: _Project) -> Iterator[Draft]:
    words, evaluator = vocabulary(), project.evaluator
    apps = Apps(evaluator, project.files)
    mapped = [MappedFamily(it, evaluator) for it in words.mapped]
    assigned = [AssignedFamily(it, evaluator, apps) for it in words.assigned]
    annotated = [AnnotatedFamily(it, evaluator) for it in words.annotated]
    tables: list[MappedFamily | AssignedFamily] = [*mapped, *assigned]
    for class_ in project.classes:
        if not any(it.see_class(class_) for it in tables):
            for schema in annotated:
                if not schema.words.used_only or class_.facts.name in project.named:
                    schema.see_class(class_)
    for family in mapped:
        for object_ in project.objects:
            family.see_object(object_)
        if family.drafts:
            _show_statements(family, project.modules)
        finish(family)
        yield from family.drafts
    for linked in assigned:
        link(linked)
        yield from linked.drafts
    for schema in annotated:
        yield from schema.drafts


def _of_decorators(project: _Project) -> Iterator[Draft]:
    for family in (DecoratedFamily(it, project.evaluator) for it in vocabulary().decorated):
        for class_ in project.classes:
            family.see_class(class_)
        family.finish()
        yield from family.drafts


def _of_calls(project: _Project) -> Iterator[Draft]:
    words, evaluator = vocabulary(), project.evaluator
    for shapes in (ShapesFamily(it, evaluator) for it in words.shapes):
        shapes.see_objects(project.objects)
        yield from shapes.drafts
    for tabled in (TabledFamily(it, evaluator) for it in words.tabled):
        for object_ in project.objects:
            tabled.see_object(object_)
        tabled.finish()
        yield from tabled.drafts
    for documents in (DocumentsFamily(it, evaluator) for it in words.documents):
        documents.see(project.modules, project.objects)
        yield from documents.drafts
    for defined in (DefinedFamily(it, evaluator) for it in words.defined):
        defined.see(project.modules, project.objects)
        yield from defined.drafts


def _show_statements(family: MappedFamily, modules: Sequence[ModuleValue]) -> None:
    for module in modules:
        for step in module.facts.steps:
            if isinstance(step, code.Do):
                family.see_statement(module.file, step, module.scope)


def _values(module: ModuleValue) -> Iterator[Value]:
    """The classes and objects that a module makes itself, classes in classes too."""
    seen: set[int] = set()
    exports = module.exports
    waiting = [*module.scope.names.values(), *module.exported.values(), exports]
    waiting += exports.items.values() if isinstance(exports, Map) else []
    for value in waiting:
        if id(value) in seen or not isinstance(value, ClassValue | Object):
            continue
        seen.add(id(value))
        if isinstance(value, ClassValue) and value.file == module.file:
            yield value
            waiting += [it for it in value.scope.names.values() if isinstance(it, ClassValue)]
        elif isinstance(value, Object) and value.site.file == module.file:
            yield value


def _parents_first(values: list[Value], evaluator: Evaluator) -> list[ClassValue]:
    found = [it for it in values if isinstance(it, ClassValue)]
    return sorted(found, key=lambda it: _depth(it, evaluator))


def _depth(class_: ClassValue, evaluator: Evaluator, limit: int = 20) -> int:
    """How many classes of the project stand above it."""
    parents = [it for it in bases(class_, evaluator) if isinstance(it, ClassValue)]
    if not parents or not limit:
        return 0
    return 1 + max(_depth(it, evaluator, limit - 1) for it in parents)
