"""The fields of a pydantic model and of a parameter, with the limits that are put on them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from backwright.facts import code, walk
from backwright.facts.code import Expr
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.execution.core import Arguments
from backwright.recipes.generate_tests.fastapi.annotations import (
    Annotation,
    Said,
    annotation_of,
    said_in,
)
from backwright.recipes.generate_tests.fastapi.dialect import is_model
from backwright.recipes.generate_tests.fields import Field, Type
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.state import Condition, State
from backwright.recipes.generate_tests.values import (
    BODY,
    Code,
    Const,
    Kind,
    Outside,
    Part,
    Test,
    Value,
)

_TYPES: dict[str, Type] = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "datetime.datetime": "datetime",
    "datetime.date": "date",
    "datetime.time": "time",
    "decimal.Decimal": "number",
    "uuid.UUID": "uuid",
    "dict": "object",
    "pydantic.EmailStr": "email",
    "pydantic.HttpUrl": "url",
    "pydantic.AnyUrl": "url",
    "pydantic.AnyHttpUrl": "url",
    "pydantic.AwareDatetime": "datetime",
    "pydantic.SecretStr": "string",
    "pydantic.StrictStr": "string",
    "pydantic.StrictInt": "integer",
    "pydantic.StrictBool": "boolean",
    "pydantic.NonNegativeInt": "integer",
    "pydantic.PositiveInt": "integer",
    "pydantic.PositiveFloat": "number",
    "pydantic.NonNegativeFloat": "number",
    "pydantic.FutureDatetime": "any",
}
_LISTS = frozenset({"list", "set", "tuple", "frozenset", "List", "Set", "Sequence", "Iterable"})
_LIMITED: dict[str, dict[str, Any]] = {
    "pydantic.NonNegativeInt": {"minimum": 0},
    "pydantic.NonNegativeFloat": {"minimum": 0},
    "pydantic.PositiveInt": {"minimum": 0, "exclusive_minimum": True},
    "pydantic.PositiveFloat": {"minimum": 0, "exclusive_minimum": True},
}
_MAX_NESTED = 3


class Models:
    """Reads models and parameters."""

    def __init__(self, project: Project, execution: Execution) -> None:
        self.project, self.execution = project, execution

    def fields(self, kind: Kind, depth: int = 0) -> tuple[Field, ...]:
        """The fields of a model, those of its bases first, as pydantic orders them."""
        found: dict[str, Field] = {}
        for base in reversed(self.project.lineage(kind)):
            for step in base.class_.steps:
                if isinstance(step, code.Assign) and isinstance(step.target, code.Name):
                    if step.annotation is None or step.target.name.startswith("_"):
                        continue
                    if "ClassVar" in walk.type_text(step.annotation):
                        continue
                    field = self._field(step, base.file, depth)
                    found[step.target.name] = field
        checked = self._checked(kind)
        unchecked = _is_table(kind)
        return tuple(
            replace(
                it,
                changed=it.changed or name in checked or "*" in checked,
                unchecked=unchecked,
            )
            for name, it in found.items()
        )

    def validators(self, kind: Kind) -> list[tuple[code.Function, str]]:
        """The model's own functions that check or change what is sent, with their file."""
        return [
            (function, file)
            for function, file in self.project.methods(kind).values()
            if any("validator" in walk.dotted(it) for it in function.decorators)
        ]

    def refusals(self, kind: Kind) -> list[tuple[Condition, ...]]:
        """When the model's own validators refuse a value: the conditions of each way to that."""
        found: list[tuple[Condition, ...]] = []
        for function, file in self.validators(kind) if not _is_table(kind) else ():
            named = [
                it.value.value
                for decorator in function.decorators
                if isinstance(decorator, code.Call)
                for it in decorator.arguments
                if isinstance(it.value, code.Text)
            ]
            whole = any("model_validator" in walk.dotted(it) for it in function.decorators)
            bare = [it for it in function.parameters if it.name not in {"cls"}]
            parts: list[Value] = [BODY] if whole else [Part(BODY, it) for it in named]
            for value in parts:
                taken = Code(replace_parameters(function, bare), file)
                for after, _ in self.execution.call(taken, Arguments((value,)), State()):
                    if after.thrown is not None and after.conditions:
                        sent = () if whole else (_is_sent(value, after.conditions[-1]),)
                        found.append((*sent, *after.conditions))
        return found

    def closed(self, kind: Kind) -> bool:
        """Whether the model refuses fields that it does not know."""
        for step, _ in self.project.class_steps(kind):
            if step.target == code.Name("model_config") and step.value is not None:
                value = step.value
                pairs = (
                    [(it.name, it.value) for it in value.arguments]
                    if isinstance(value, code.Call)
                    else [
                        (key.value, it) for key, it in value.entries if isinstance(key, code.Text)
                    ]
                    if isinstance(value, code.Table)
                    else []
                )
                return ("extra", code.Text("forbid")) in pairs
        return False

    def parameter(
        self, name: str, annotation: Annotation, default: Expr | None, file: str
    ) -> Field:
        """A path, query or header parameter as a field."""
        said = list(annotation.said)
        if default is not None and (extra := said_in(self.project, default, file)) is not None:
            said.append(extra)
            default = _default_in(extra)
        elif default is None:
            default = next((it for one in said if (it := _default_in(one)) is not None), None)
        field = self.typed(name, replace(annotation, said=tuple(said)))
        return self._with_default(field, default, file)

    def typed(self, name: str, annotation: Annotation, depth: int = 0) -> Field:
        """A field of the given type, limits included."""
        type_ = annotation.name
        field = Field(name=name, nullable=annotation.nullable)
        if annotation.literals:
            field = replace(field, type="string", choices=annotation.literals)
        elif annotation.kind is not None:
            field = self._of_kind(field, annotation.kind, depth)
        elif type_.rpartition(".")[2] in _LISTS:
            inner = annotation.arguments[0] if annotation.arguments else None
            items = self.typed("", inner, depth + 1) if inner is not None else None
            field = replace(field, type="array", items=items)
        elif type_ in _TYPES:
            field = replace(field, type=_TYPES[type_], **_LIMITED.get(type_, {}))
        for said in annotation.said:
            field = self._limited(field, said)
        return field

    def _field(self, step: code.Assign, file: str, depth: int) -> Field:
        assert isinstance(step.target, code.Name)
        annotation = annotation_of(self.project, step.annotation, file)
        default = step.value
        said = list(annotation.said)
        extra = said_in(self.project, default, file) if default is not None else None
        if extra is not None and extra.origin.rpartition(".")[2] == "Field":
            said.append(extra)
            default = _default_in(extra)
        field = self.typed(step.target.name, replace(annotation, said=tuple(said)), depth)
        return replace(self._with_default(field, default, file), line=step.line)

    def _of_kind(self, field: Field, kind: Kind, depth: int) -> Field:
        origins = self.project.base_origins(kind)
        if any(it.startswith("enum.") for it in origins):
            return replace(field, type="string", choices=tuple(self._members(kind)))
        if is_model(self.project, kind) and depth < _MAX_NESTED:
            inner = self.fields(kind, depth + 1)
            return replace(field, type="object", fields=inner, closed=self.closed(kind))
        return field

    def _members(self, kind: Kind) -> list[str | int | float | bool | None]:
        found: list[str | int | float | bool | None] = []
        for step in kind.class_.steps:
            if isinstance(step, code.Assign) and isinstance(step.target, code.Name):
                value = self.execution.part(kind, step.target.name, _NO_STATE)
                if isinstance(value, Const):
                    found.append(value.value)
        return found

    def _with_default(self, field: Field, default: Expr | None, file: str) -> Field:
        if default is None:
            return field
        value = self.execution.constant(default, file)
        if value == Outside("builtins.Ellipsis"):
            return field
        known = value.value if isinstance(value, Const) else None
        return replace(field, required=False, default=known, has_default=isinstance(value, Const))

    def _limited(self, field: Field, said: Said) -> Field:
        name = said.origin.rpartition(".")[2]
        options: dict[str, Any] = {}
        for argument in said.call.arguments:
            value = self.execution.constant(argument.value, said.file)
            if isinstance(value, Const):
                options[argument.name] = value.value
            elif argument.name == "default_factory":
                field = replace(field, required=False)
        if name.startswith("con") and name not in {"conint", "constr", "confloat", "conlist"}:
            return field
        return _with_options(field, options)

    def _checked(self, kind: Kind) -> set[str]:
        """The fields that validators of the model look at or change; `*` for all of them."""
        found: set[str] = set()
        for function, _ in self.validators(kind):
            for decorator in function.decorators:
                if not isinstance(decorator, code.Call):
                    found.add("*")
                    continue
                if walk.dotted(decorator.function).endswith(("model_validator", "root_validator")):
                    found.add("*")
                found |= {
                    it.value.value for it in decorator.arguments if isinstance(it.value, code.Text)
                }
        return found


def replace_parameters(function: code.Function, parameters: list[code.Parameter]) -> code.Function:
    return msgspec.structs.replace(function, parameters=parameters, role="static")


def _with_options(field: Field, options: dict[str, Any]) -> Field:
    limits: dict[str, Any] = {}
    for name, place in (("ge", "minimum"), ("le", "maximum"), ("gt", "minimum"), ("lt", "maximum")):
        if isinstance(options.get(name), int | float):
            limits[place] = options[name]
            if name in {"gt", "lt"}:
                limits[f"exclusive_{place}"] = True
    for name in ("min_length", "max_length", "multiple_of"):
        if isinstance(options.get(name), int | float):
            limits[name] = options[name]
    pattern = options.get("pattern") or options.get("regex")
    if isinstance(pattern, str):
        limits["pattern"] = pattern
    if options.get("strip_whitespace") or options.get("to_lower") or options.get("to_upper"):
        limits["changed"] = bool(options.get("to_upper"))
    alias = options.get("validation_alias") or options.get("alias")
    if isinstance(alias, str):
        limits["name"] = alias
    return replace(field, **limits)


def _default_in(said: Said) -> Expr | None:
    """The default that `Field(…)` or `Query(…)` gives."""
    for argument in said.call.arguments:
        if argument.name == "default":
            return argument.value
    first = said.call.arguments[0] if said.call.arguments else None
    if first is not None and not first.name and said.origin.rpartition(".")[2] in _DECLARING:
        return first.value
    return None


_NO_STATE = State()
_DECLARING = frozenset({"Field", "Query", "Path", "Header", "Cookie", "Body", "Form", "File"})


def _is_table(kind: Kind) -> bool:
    """Whether a model is a table of SQLModel: those take whatever they are given."""
    return any(it.name == "table" and it.value == code.Constant("true") for it in kind.class_.bases)


def _is_sent(value: Value, last: Condition) -> Condition:
    """That a field is there: its own validator is not asked about a default."""
    name = value.name if isinstance(value, Part) else ""
    return Condition(Test("in", (Const(name), BODY)), True, last.file, last.line)
