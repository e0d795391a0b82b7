"""Declares entities as models of Django."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from backwright.facts.backend import Model
from backwright.recipes.brief.brief import Field
from backwright.recipes.declaring.entity_plan import Declared, Held
from backwright.recipes.declaring.python_classes import ModelClass

_TYPES = {
    "string": "CharField", "text": "TextField", "email": "EmailField", "url": "URLField",
    "slug": "SlugField", "phone": "CharField", "password": "CharField", "uuid": "UUIDField",
    "integer": "IntegerField", "bigint": "BigIntegerField", "decimal": "DecimalField",
    "float": "FloatField", "boolean": "BooleanField", "date": "DateField",
    "datetime": "DateTimeField", "json": "JSONField", "choice": "CharField",
}  # fmt: skip
_TIMES = ("created", "updated", "modified", "changed")
_ON_DELETE = {"cascade": "CASCADE", "restrict": "PROTECT", "set-null": "SET_NULL"}


@dataclass(slots=True)
class DjangoWriter:
    """`sibling` shows which base classes and which times the project's models have; `app` is the
    label of the application."""

    sibling: ModelClass | None
    app: str
    imports: dict[str, set[str]] = field(default_factory=dict)

    def text(self, entities: Sequence[Declared]) -> str:
        return "\n\n".join(self._class(it) for it in entities)

    def _class(self, it: Declared) -> str:
        bases = self.sibling.bases if self.sibling is not None else ("models.Model",)
        lines = [f"class {it.class_name}({', '.join(bases)}):"]
        choices = [field for field in it.entity.fields if field.choices]
        for field_ in choices:
            lines += [f"    {line}" if line else "" for line in self._choices(field_)]
        lines += [f"    {self._reference(held)}" for held in it.held]
        lines += [f"    {self.field_line(field_)}" for field_ in it.entity.fields]
        lines += [f"    {line}" for line in self._times()]
        meta = [f"        {line}" for line in self._meta(it)]
        if meta:
            lines += ["", "    class Meta:", *meta]
        label = next((f.name for f in it.entity.fields if f.name in {"name", "title"}), "")
        if label:
            lines += ["", "    def __str__(self):", f"        return self.{label}"]
        return "\n".join(lines) + "\n"

    def _choices(self, it: Field) -> Iterator[str]:
        name = "".join(part.capitalize() for part in it.name.split("_"))
        yield f"class {name}(models.TextChoices):"
        for choice in it.choices:
            constant = choice.upper().replace("-", "_").replace(" ", "_")
            yield f'    {constant} = "{choice}"'
        yield ""

    def field_line(self, it: Field) -> str:
        arguments: list[str] = []
        if it.type in {"string", "phone", "password", "choice"}:
            size = {"phone": 32, "password": 128, "choice": 32}.get(it.type, 200)
            arguments.append(f"max_length={it.maximum or size}")
        if it.type == "decimal":
            arguments += ["max_digits=12", "decimal_places=2"]
        if it.choices:
            name = "".join(part.capitalize() for part in it.name.split("_"))
            arguments.append(f"choices={name}")
            if it.default is not None:
                constant = str(it.default).upper().replace("-", "_").replace(" ", "_")
                arguments.append(f"default={name}.{constant}")
        elif it.default is not None:
            arguments.append(f"default={_value(it)}")
        if it.unique:
            arguments.append("unique=True")
        elif it.indexed:
            arguments.append("db_index=True")
        if not it.required:
            textual = it.type in {"string", "text", "email", "url", "slug", "phone"}
            arguments += (
                ["blank=True"] if textual and not it.unique else ["null=True", "blank=True"]
            )
        arguments += self._validators(it)
        return f"{it.name} = models.{_TYPES[it.type]}({', '.join(arguments)})"

    def _validators(self, it: Field) -> list[str]:
        if it.type not in {"integer", "bigint", "decimal", "float"}:
            return []
        found = []
        if it.minimum is not None:
            found.append(f"MinValueValidator({it.minimum})")
        if it.maximum is not None:
            found.append(f"MaxValueValidator({it.maximum})")
        for validator in found:
            self.imports.setdefault("django.core.validators", set()).add(
                validator.partition("(")[0]
            )
        return [f"validators=[{', '.join(found)}]"] if found else []

    def _reference(self, held: Held) -> str:
        relation = held.relation
        target = self._target(held)
        back = f'related_name="{held.back}"'
        if held.is_many:
            return f"{relation.via} = models.ManyToManyField({target}, {back}, blank=True)"
        kind = "OneToOneField" if relation.kind == "one-to-one" else "ForeignKey"
        action = f"on_delete=models.{_ON_DELETE[relation.on_delete]}"
        arguments = [target, action, back]
        arguments += [] if relation.required else ["null=True", "blank=True"]
        return f"{relation.via} = models.{kind}({', '.join(arguments)})"

    def _target(self, held: Held) -> str:
        model = held.target.model
        if model is None or app_label(model) == self.app:
            return f'"{held.target.name}"'
        return f'"{app_label(model)}.{held.target.name}"'

    def _times(self) -> Iterator[str]:
        if self.sibling is None:
            yield "created_at = models.DateTimeField(auto_now_add=True)"
            yield "updated_at = models.DateTimeField(auto_now=True)"
            return
        for name, line in self.sibling.lines.items():
            if "auto_now" in line and name.startswith(
                ("created", "updated", "modified", "changed")
            ):
                yield line

    def _meta(self, it: Declared) -> Iterator[str]:
        checks = [f for f in it.entity.fields if f.minimum is not None or f.maximum is not None]
        numeric = [f for f in checks if f.type in {"integer", "bigint", "decimal", "float"}]
        if not numeric:
            return
        yield "constraints = ["
        for field_ in numeric:
            parts = []
            if field_.minimum is not None:
                parts.append(f"{field_.name}__gte={field_.minimum}")
            if field_.maximum is not None:
                parts.append(f"{field_.name}__lte={field_.maximum}")
            name = f"{it.entity.name}_{field_.name}_in_range"[:30]
            yield "    models.CheckConstraint("
            yield f'        condition=models.Q({", ".join(parts)}), name="{name}"'
            yield "    ),"
        yield "]"


def app_label(model: Model) -> str:
    """The label of the app that a model belongs to, as its table shows it, else its folder."""
    ending = f"_{model.name.lower()}"
    if model.table.endswith(ending):
        return model.table.removesuffix(ending)
    folder = posixpath.dirname(model.place.file)
    if posixpath.basename(folder) == "models":
        folder = posixpath.dirname(folder)
    return posixpath.basename(folder)


def field_text(it: Field) -> str:
    """One field, for a class that is there; its values are not enumerated."""
    plain = replace(it, choices=(), type="string" if it.type == "choice" else it.type)
    nullable = it.default is None and it.type != "boolean"
    made = DjangoWriter(None, "").field_line(replace(plain, required=it.required and not nullable))
    if not nullable or "null=True" in made:
        return made
    return made.replace("blank=True", "null=True, blank=True")


def _value(it: Field) -> str:
    if isinstance(it.default, bool | int):
        return repr(it.default)
    return '"' + str(it.default).replace('"', '\\"') + '"'
