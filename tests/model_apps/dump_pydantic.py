"""Prints what pydantic itself knows of a project's models: their fields as they are annotated.

    python dump_pydantic.py MODULE < models.json

Types are evaluated and compared as values; where they mean the same they are printed as they are
written.
"""

from __future__ import annotations

import builtins
import importlib
import json
import pkgutil
import sys
import types
import typing
from typing import Any

import pydantic
from pydantic.fields import FieldInfo


def main() -> None:
    sys.path.insert(0, ".")
    package = importlib.import_module(sys.argv[1])
    names = [sys.argv[1]]
    if hasattr(package, "__path__"):
        names += [it.name for it in pkgutil.walk_packages(package.__path__, f"{sys.argv[1]}.")]
    modules = [importlib.import_module(name) for name in names]
    static = {it["name"]: it for it in json.load(sys.stdin)}
    found = {
        id(value): model(value, vars(module), static.get(value.__name__, {}))
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__ and _is_model(value)
    }
    json.dump(sorted(found.values(), key=lambda it: it["name"]), sys.stdout)


def _is_model(value: type) -> bool:
    if "[" in value.__name__:  # a generic model with its argument filled in
        return False
    if "pydantic_settings" in {base.__module__.partition(".")[0] for base in value.__mro__}:
        return False
    return issubclass(value, pydantic.BaseModel) or hasattr(value, "__pydantic_fields__")


def model(class_: Any, names: dict[str, Any], static: dict[str, Any]) -> dict[str, Any]:
    if issubclass(class_, pydantic.BaseModel):
        class_.model_rebuild()
    return {
        "name": class_.__name__,
        "table": "",
        "fields": sorted(
            (_field(name, it, names, static) for name, it in class_.__pydantic_fields__.items()),
            key=lambda it: it["name"],
        ),
        "relations": [],
        "indexes": [],
    }


def _field(
    name: str, field: FieldInfo, names: dict[str, Any], static: dict[str, Any]
) -> dict[str, Any]:
    said = next((it for it in static.get("fields", []) if it["name"] == name), {})
    plain, nullable = _without_none(field.annotation)
    type_ = str(plain)
    if said and _same(said["type"], plain, names):
        type_ = said["type"]
    default = None
    if field.default_factory is not None:
        default = getattr(field.default_factory, "__name__", "")
    elif not field.is_required():
        value = field.default
        default = repr(getattr(value, "value", value))
    if said and said["default"] and default == "<lambda>" and said["default"].startswith("lambda"):
        default = said["default"]
    return {
        "name": name,
        "type": type_,
        "nullable": nullable or plain is Any,
        "unique": False,
        "primary_key": False,
        "default": default,
    }


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        arguments = typing.get_args(annotation)
        kept = tuple(it for it in arguments if it is not types.NoneType)
        return (kept[0] if len(kept) == 1 else typing.Union[kept]), len(kept) < len(arguments)  # noqa: UP007
    return annotation, False


def _same(text: str, annotation: Any, names: dict[str, Any]) -> bool:
    everything = {**vars(builtins), **vars(typing), **vars(pydantic), **names}
    for module in list(everything.values()):
        if isinstance(module, types.ModuleType) and module is not builtins:
            everything = {**vars(module), **everything}
    try:
        value = eval(text, everything)
    except (NameError, SyntaxError, TypeError):
        return False
    if typing.get_origin(value) is typing.Annotated:
        value = typing.get_args(value)[0]
    if typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    return value == annotation or str(value) == str(annotation)


if __name__ == "__main__":
    main()
