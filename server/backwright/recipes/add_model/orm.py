"""Which ORM a project declares its models with."""

from __future__ import annotations

from collections import Counter

from backwright.facts.backend import Model
from backwright.recipes.brief.brief import Wishes
from backwright.recipes.outcome import Refused, Situation

_KINDS = {
    "sqlalchemy": "sqlalchemy",
    "sqlmodel": "sqlmodel",
    "django": "django",
    "prisma": "prisma",
    "typeorm": "typeorm",
}
_PACKAGES = {
    "sqlmodel": "sqlmodel",
    "flask-sqlalchemy": "sqlalchemy",
    "sqlalchemy": "sqlalchemy",
    "django": "django",
    "prisma": "prisma",
    "@prisma/client": "prisma",
    "typeorm": "typeorm",
}


def stored_models(situation: Situation) -> list[Model]:
    """The models of the application that are kept in a database."""
    root = situation.stack.root.strip("/")
    return [
        it
        for it in situation.backend.models
        if it.table
        and it.kind in _KINDS
        and (root in {"", "."} or it.place.file.startswith(f"{root}/"))
    ]


def orm_of(situation: Situation, wishes: Wishes) -> str | Refused:
    """The ORM that the project has, else the one that is asked for."""
    used = Counter(it.kind for it in stored_models(situation))
    wanted = wishes.orm
    if not wanted and wishes.framework == "django":
        wanted = "django"
    if wanted and wanted not in _KINDS:
        return Refused(f"there are no templates for models of {wanted}; there are {_listed()}")
    if used:
        most = used.most_common(1)[0][0]
        if wanted and wanted not in used:
            return Refused(f"the project declares its models with {most}, not with {wanted}")
        return wanted or most
    if wanted:
        return wanted
    packages = {**situation.stack.dependencies, **situation.stack.dev_dependencies}
    for package, orm in _PACKAGES.items():
        if package in packages:
            return orm
    return Refused(f"it is not known which ORM the project uses: name one of {_listed()}")


def _listed() -> str:
    return ", ".join(_KINDS)
