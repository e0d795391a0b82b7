"""Types as FastAPI and pydantic read them: the bare type, and what is said about it beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backwright.facts import code, walk
from backwright.facts.code import Expr
from backwright.recipes.generate_tests.project import Project, ValueAt
from backwright.recipes.generate_tests.values import Kind

_MAX_ALIASES = 8


@dataclass(frozen=True, slots=True)
class Said:
    """An expression beside a type, such as `Field(ge=1)`, and the file it stands in."""

    call: code.Call
    file: str
    origin: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A type without its wrappers. `name` is its origin for one from outside, else as written."""

    name: str
    kind: Kind | None
    arguments: tuple[Annotation, ...]
    nullable: bool
    said: tuple[Said, ...]
    literals: tuple[str | int | float | bool, ...] = ()


def annotation_of(project: Project, expr: Expr | None, file: str, depth: int = 0) -> Annotation:
    """What an annotation comes to once aliases, `Annotated` and `Optional` are taken off."""
    if expr is None or depth > _MAX_ALIASES:
        return Annotation("", None, (), False, ())
    if isinstance(expr, code.Text):  # a forward reference
        return annotation_of(project, code.Name(expr.value), file, depth + 1)
    if isinstance(expr, code.Constant):
        return Annotation("None", None, (), True, ())
    if isinstance(expr, code.Operation) and expr.operator == "|":
        return _union(project, expr.operands, file, depth)
    if isinstance(expr, code.Element):
        return _generic(project, expr, file, depth)
    name = walk.dotted(expr)
    found = project.find(file, name) if name else None
    if isinstance(found, Kind):
        return Annotation(found.name, found, (), False, ())
    if isinstance(found, ValueAt):
        return annotation_of(project, found.expr, found.file, depth + 1)
    return Annotation(project.origin(file, name) or name, None, (), False, ())


def said_in(project: Project, expr: Expr, file: str) -> Said | None:
    """A call that says something about a type; a name for one is followed."""
    if isinstance(expr, code.Name | code.Member):
        found = project.find(file, walk.dotted(expr))
        if isinstance(found, ValueAt):
            return said_in(project, found.expr, found.file)
        return None
    if not isinstance(expr, code.Call):
        return None
    name = walk.dotted(expr.function)
    return Said(expr, file, project.origin(file, name) or name)


def _union(project: Project, operands: list[Expr], file: str, depth: int) -> Annotation:
    every = [annotation_of(project, it, file, depth + 1) for it in operands]
    kept = [it for it in every if it.name != "None"]
    nullable = len(kept) < len(every) or any(it.nullable for it in kept)
    if len(kept) == 1:
        only = kept[0]
        return Annotation(only.name, only.kind, only.arguments, nullable, only.said, only.literals)
    return Annotation("Union", None, tuple(kept), nullable, ())


def _generic(project: Project, expr: code.Element, file: str, depth: int) -> Annotation:
    written = walk.dotted(expr.object)
    name = (project.origin(file, written) or written).rpartition(".")[2]
    keys: list[Expr] = expr.key.values if isinstance(expr.key, code.Items) else [expr.key]
    if name == "Annotated":
        bare = annotation_of(project, keys[0], file, depth + 1)
        said = tuple(it for key in keys[1:] if (it := said_in(project, key, file)) is not None)
        return Annotation(
            bare.name, bare.kind, bare.arguments, bare.nullable, (*bare.said, *said), bare.literals
        )
    if name == "Optional":
        return _union(project, [keys[0], code.Constant("none")], file, depth)
    if name == "Union":
        return _union(project, keys, file, depth)
    if name == "Literal":
        return Annotation("Literal", None, (), False, (), tuple(_literals(keys)))
    arguments = tuple(annotation_of(project, key, file, depth + 1) for key in keys)
    bare = annotation_of(project, expr.object, file, depth + 1)
    return Annotation(bare.name, bare.kind, arguments, False, bare.said)


def _literals(keys: list[Expr]) -> Iterator[str | int | float | bool]:
    for key in keys:
        if isinstance(key, code.Text | code.Number):
            yield key.value
        elif isinstance(key, code.Constant) and key.name in {"true", "false"}:
            yield key.name == "true"
