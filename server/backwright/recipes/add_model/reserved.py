"""Names that a language or library keeps for itself."""

from __future__ import annotations

import keyword
from collections.abc import Sequence

from backwright.recipes.brief.brief import Entity
from backwright.recipes.declaring.entity_plan import pascal

_FIELDS = {
    "sqlalchemy": {"metadata", "registry"},
    "sqlmodel": {"metadata", "registry", "copy", "json", "dict", "schema", "model_fields"},
    "django": {"objects", "pk", "check", "clean", "delete", "save", "full_clean"},
    "prisma": set(),
    "typeorm": {"constructor"},
}
_CLASSES = {
    "sqlalchemy": {"Base", "Column", "Mapped", "String", "None", "True", "False"},
    "sqlmodel": {"Field", "Relationship", "Session", "None", "True", "False"},
    "django": {"Model", "None", "True", "False"},
    "prisma": {"PrismaClient"},
    "typeorm": {"Object", "String", "Number", "Date", "Map", "Set", "Promise", "Entity", "Column"},
}


def reserved_name(entities: Sequence[Entity], orm: str) -> str:
    """The first name that can't be used, with the reason; "" where all can."""
    is_python = orm in {"sqlalchemy", "sqlmodel", "django"}
    for entity in entities:
        name = pascal(entity.name)
        if name in _CLASSES[orm]:
            return f"a model can't be called {name} with {orm}: name it otherwise"
        for field in entity.fields:
            if is_python and keyword.iskeyword(field.name):
                return f"`{field.name}` is a word of Python and can't be a field: name it otherwise"
            if is_python and (field.name.endswith("_") or "__" in field.name) and orm == "django":
                return f"Django can't have a field called `{field.name}`: name it otherwise"
            if field.name in _FIELDS[orm]:
                return f"`{field.name}` is reserved by {orm}: name the field otherwise"
    return ""
