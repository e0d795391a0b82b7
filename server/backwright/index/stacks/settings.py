"""Which variables fill the settings classes of a module: pydantic's and what inherits from them."""

from __future__ import annotations

from collections.abc import Iterator

from backwright.facts import code
from backwright.facts.environment import environment
from backwright.index.evaluate import Evaluator
from backwright.index.values import ClassValue, External, Object, Str, Value


def variables(path: str, evaluator: Evaluator) -> Iterator[str]:
    """The names of the variables that the settings classes defined at `path` are read from."""
    module = evaluator.module(path)
    if module is None:
        return
    bases = set(environment(module.facts.language).classes)
    for value in module.scope.names.values():
        if isinstance(value, ClassValue) and value.file == path:
            lineage = value.lineage()
            if any(isinstance(it, External) and it.origin in bases for it in lineage):
                own = [it for it in lineage if isinstance(it, ClassValue)]
                for class_ in own:
                    yield from _fields(class_, _prefix(own))


def _fields(class_: ClassValue, prefix: str) -> Iterator[str]:
    for step in class_.facts.steps:
        if (
            isinstance(step, code.Assign)
            and step.annotation is not None
            and isinstance(step.target, code.Name)
            and not step.target.name.startswith(("_", "model_"))
        ):
            named = _alias(class_.scope.names.get(step.target.name))
            yield named or f"{prefix}{step.target.name}".upper()


def _alias(value: Value | None) -> str:
    """The variable that a field names itself: `Field(validation_alias="DATABASE_URL")`."""
    if isinstance(value, Object):
        for key in ("validation_alias", "alias", "env"):
            given = value.arguments.keywords.get(key)
            if isinstance(given, Str) and given.known:
                return given.text
    return ""


def _prefix(classes: list[ClassValue]) -> str:
    """`env_prefix`, of `model_config` or of an inner class `Config`."""
    for class_ in classes:
        config = class_.scope.names.get("model_config")
        if isinstance(config, Object):
            given = config.arguments.keywords.get("env_prefix")
            if isinstance(given, Str) and given.known:
                return given.text
        inner = class_.scope.names.get("Config")
        if isinstance(inner, ClassValue):
            given = inner.scope.names.get("env_prefix")
            if isinstance(given, Str) and given.known:
                return given.text
    return ""
