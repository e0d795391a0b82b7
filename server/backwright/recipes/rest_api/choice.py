"""Which framework serves a brief: that of the project, else the one wished for, else a default."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from backwright.facts.backend import Stack
from backwright.recipes.brief.brief import Wishes
from backwright.recipes.outcome import Refused, Situation

DEFAULT = "fastapi"
_BY_LIBRARY = {
    "sqlalchemy": "fastapi", "pydantic": "fastapi", "sqlmodel": "fastapi", "marshmallow": "flask",
    "zod": "express", "typeorm": "express", "prisma": "express", "sequelize": "express",
    "mongoose": "express", "joi": "express", "drizzle-orm": "express", "knex": "express",
    "class-validator": "nestjs",
}  # fmt: skip
"""The framework that goes with a library, where a request names only that."""
_BY_LANGUAGE = {"python": "fastapi", "javascript": "express", "typescript": "express"}


@dataclass(frozen=True, slots=True)
class Choice:
    """`is_new` where the folder has no application yet; `note` says what was taken for granted."""

    framework: str
    language: str
    is_new: bool
    note: str = ""


def served() -> list[str]:
    """The frameworks that there are templates for."""
    return sorted(it.parent.name for it in Path(__file__).parent.glob("*/new_project.py"))


def choose(situation: Situation, wishes: Wishes) -> Choice | Refused:
    used = [it.name for it in situation.stack.frameworks]
    if used:
        return _of_project(situation.stack, used, wishes)
    if _has_sources(situation):
        return Refused(
            "this folder holds code, but no web framework that is known here; say where the API"
            " shall go by opening its application's folder, or an empty one"
        )
    note = ""
    framework = wishes.framework or _BY_LIBRARY.get(wishes.validation, "")
    framework = (
        framework or _BY_LIBRARY.get(wishes.orm, "") or _BY_LANGUAGE.get(wishes.language, "")
    )
    if not framework and wishes.language:
        return _unserved(wishes.language)
    if not framework:
        framework = DEFAULT
        note = "FastAPI is taken, as the request names no framework"
    if framework not in served():
        return _unserved(framework)
    language = _language(framework, wishes)
    if isinstance(language, Refused):
        return language
    return Choice(framework, language, is_new=True, note=note)


def _of_project(stack: Stack, used: list[str], wishes: Wishes) -> Choice | Refused:
    if wishes.framework and wishes.framework not in used:
        return Refused(
            f"this project is built with {used[0]}, not {wishes.framework}; leave"
            f" {wishes.framework} out of the request, or open an empty folder for it"
        )
    framework = wishes.framework or next((it for it in used if it in served()), used[0])
    if framework not in served():
        return _unserved(framework)
    language = "typescript" if "typescript" in stack.languages else ""
    language = language or (stack.languages[0] if stack.languages else "")
    return Choice(framework, language, is_new=False)


def _language(framework: str, wishes: Wishes) -> str | Refused:
    python = framework in {"fastapi", "flask"}
    if wishes.language and (wishes.language == "python") != python:
        return Refused(f"{framework} is not written in {wishes.language}; leave one of them out")
    if python:
        return "python"
    return (
        "javascript"
        if wishes.language == "javascript" and framework == "express"
        else ("typescript")
    )


def _unserved(name: str) -> Refused:
    return Refused(
        f"there is no built-in template for a REST API in {name} (there are templates for"
        f" {', '.join(served())}); configure a model to have it written"
    )


def _has_sources(situation: Situation) -> bool:
    suffixes = (".py", ".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".rb")
    return any(it.endswith(suffixes) and "config" not in it for it in situation.paths)
