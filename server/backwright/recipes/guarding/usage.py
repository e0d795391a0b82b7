"""How an endpoint of the project says what guards it, and which of these ways is the usual one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backwright.facts.backend import Route
from backwright.recipes.project import Project

Form = Literal["annotation", "default", "dependencies", "decorator", "middleware"]
"""A parameter's type alone, a parameter with its value, an entry in `dependencies=[…]`, a decorator
of the handler, or a function in front of it."""

_OF_ROLE = re.compile(r"admin|staff|role|permission|scope|superuser|owner|moderator", re.IGNORECASE)

_IDENTIFIES = re.compile(r"authenticat|jwt|login|token|passport|bearer", re.IGNORECASE)
"""What a guard is called whose arguments say how somebody signs in, not who may pass."""


@dataclass(frozen=True, slots=True)
class Usage:
    """`code` is what is written, in `file`; `parameter` is the name it gets there.

    `roles` are the arguments of a guard that is made for some, as they are written; `factory` is
    what makes it. `is_read` tells whether the handler looks at the parameter.
    """

    code: str
    file: str
    form: Form
    guard: str
    parameter: str = ""
    type: str = ""
    factory: str = ""
    roles: tuple[str, ...] = ()
    is_read: bool = True

    @property
    def is_of_role(self) -> bool:
        if _OF_ROLE.search(f"{self.guard} {self.code}"):
            return True
        return bool(self.roles) and not _IDENTIFIES.search(self.factory or self.guard)


def guarded(project: Project, framework: str) -> list[Route]:
    """The routes of the application that have a guard."""
    return [
        it
        for it in project.situation.backend.routes
        if it.guards and it.framework == framework and project.is_own(it.place.file)
    ]


def usual(usages: Sequence[Usage], file: str) -> Usage | None:
    """The most frequent one, named as it is most often; of equals one of the file itself."""
    counts = Counter((it.form, it.code) for it in usages)
    own = Counter((it.form, it.code) for it in usages if it.file == file)
    if not counts:
        return None
    best = max(counts, key=lambda it: (counts[it], own[it]))
    same = [it for it in usages if (it.form, it.code) == best]
    same.sort(key=lambda it: it.file != file)
    unread = [it for it in same if not it.is_read]
    names = Counter(it.parameter for it in unread or same)
    name = names.most_common(1)[0][0]
    return next(it for it in same if it.parameter == name)


def in_front(project: Project, framework: str, every: Sequence[Usage], usage: Usage) -> list[Usage]:
    """What asks who calls in front of a guard that asks for a role, if that never stands alone."""
    asking = [it for it in guarded(project, framework) if _has(it, usage.guard)]
    sign_in = usual([it for it in every if not it.is_of_role], usage.file)
    if sign_in is None or not asking or not all(_has(it, sign_in.guard) for it in asking):
        return []
    return [sign_in]


def _has(route: Route, guard: str) -> bool:
    return any(it.name == guard for it in route.guards)


def roles_in(code: str, guard: str) -> tuple[str, ...]:
    """The arguments that a guard is made with, as they are written: `Role.ADMIN`, `"admin"`."""
    found = re.search(rf"\b{re.escape(guard)}\(([^()]*)\)", code)
    if found is None:
        return ()
    return tuple(it for part in found[1].split(",") if (it := part.strip()))
