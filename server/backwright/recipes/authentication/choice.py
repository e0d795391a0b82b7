"""Which framework serves a request: the project's own, else the one wished for, else a default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backwright.facts.backend import Stack
from backwright.recipes.brief.brief import Wishes
from backwright.recipes.outcome import Refused, Situation

DEFAULT = "fastapi"
_OF_LANGUAGE = {"python": "fastapi", "javascript": "express", "typescript": "express"}
_OF_LIBRARY = {
    "pydantic": "fastapi", "sqlalchemy": "fastapi", "sqlmodel": "fastapi", "marshmallow": "flask",
    "zod": "express", "joi": "express", "express-validator": "express", "typeorm": "express",
    "prisma": "express", "sequelize": "express", "mongoose": "express",
}  # fmt: skip
_LANGUAGES = {
    "fastapi": ("python",),
    "flask": ("python",),
    "django": ("python",),
    "express": ("javascript", "typescript"),
}
_SOURCES = (".py", ".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".rb")


@dataclass(frozen=True, slots=True)
class Choice:
    """`is_new` where the folder has no application yet; `note` says what was taken for granted."""

    framework: str
    language: str
    is_new: bool
    stack: Stack
    note: str = ""


def choose(situation: Situation, wishes: Wishes, served: Sequence[str]) -> Choice | Refused:
    """The framework among those served."""
    stacks = [it for it in situation.backend.stacks if it.frameworks]
    if situation.stack.frameworks:
        stacks = [situation.stack, *(it for it in stacks if it != situation.stack)]
    if stacks:
        return _of_project(stacks, wishes, served, at_cursor=bool(situation.target.file))
    if any(it.endswith(_SOURCES) and "config" not in it for it in situation.paths):
        return Refused(
            "this folder holds code, but no web framework that is known here; open the folder of"
            " its application, or an empty one"
        )
    framework = wishes.framework or _OF_LIBRARY.get(wishes.validation, "")
    framework = framework or _OF_LIBRARY.get(wishes.orm, "")
    framework = framework or _OF_LANGUAGE.get(wishes.language, "")
    if not framework and wishes.language:
        return _unserved(wishes.language, served)
    note = "" if framework else "FastAPI is taken, as the request names no framework"
    framework = framework or DEFAULT
    if framework not in served:
        return _unserved(framework, served)
    allowed = _LANGUAGES[framework]
    if wishes.language and wishes.language not in allowed:
        return Refused(f"{framework} is not written in {wishes.language}; leave one of them out")
    language = wishes.language or allowed[-1]
    return Choice(framework, language, is_new=True, stack=situation.stack, note=note)


def _of_project(
    stacks: Sequence[Stack], wishes: Wishes, served: Sequence[str], *, at_cursor: bool
) -> Choice | Refused:
    used = [it.name for stack in stacks for it in stack.frameworks]
    if wishes.framework and wishes.framework not in used:
        return Refused(
            f"this project is built with {used[0]}, not {wishes.framework}; leave"
            f" {wishes.framework} out of the request, or open an empty folder for it"
        )
    fitting = [
        (stack, it.name)
        for stack in stacks
        for it in stack.frameworks
        if it.name in served and wishes.framework in {"", it.name}
    ]
    if not fitting:
        return _unserved(wishes.framework or used[0], served)
    if not at_cursor and len({stack.root for stack, _ in fitting}) > 1:
        listed = ", ".join(f"{stack.app} ({stack.root or '.'})" for stack, _ in fitting)
        return Refused(f"there are several applications: {listed}; run it from a file of one")
    stack, framework = fitting[0]
    typed = "typescript" in stack.languages and framework == "express"
    language = "typescript" if typed else _LANGUAGES[framework][0]
    return Choice(framework, language, is_new=False, stack=stack)


def _unserved(name: str, served: Sequence[str]) -> Refused:
    return Refused(
        f"there is no built-in template for {name} (there are templates for"
        f" {', '.join(served)}); configure a model to have it written"
    )
