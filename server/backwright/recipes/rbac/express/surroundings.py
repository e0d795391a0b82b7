"""What an Express project has for roles: a database, users, and what tells who calls."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from backwright.facts.backend import Model
from backwright.recipes.authentication.script_places import SUFFIXES, Script
from backwright.recipes.local_imports import script_specifier
from backwright.recipes.outcome import Refused
from backwright.recipes.project import Project

_MADE = re.compile(
    r"^(?:export )?(?:const|let|var) (\w+)(?:: [\w.]+)? = new (?:\w+\.)?(Pool|DataSource)\(",
    re.MULTILINE,
)
_OTHERS = (
    "@prisma/client",
    "sequelize",
    "mongoose",
    "knex",
    "drizzle-orm",
    "mysql2",
    "better-sqlite3",
)
_SETS = re.compile(
    r"\b(?:req|request)\.(user|auth|currentUser|account|member|userId)\s*=(?!=)\s*([^;\n]*)"
)
_PEOPLE = re.compile(r"users?|accounts?|members?|people|customers?|employees?|staff")


@dataclass(frozen=True, slots=True)
class Client:
    """What queries go through: `name` of `file`."""

    kind: Literal["pg", "typeorm"]
    name: str
    file: str
    is_default: bool = False
    is_new: bool = False

    def imported(self, project: Project, user: str) -> tuple[str, str]:
        """What a module imports, and from where."""
        taken = self.name if self.is_default else f"{{ {self.name} }}"
        return taken, script_specifier(project, user, self.file)


def caller_of(project: Project) -> str:
    """The expression for the id of who calls, such as `req.user?.id`; "" where nothing sets it."""
    sets: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    values: list[str] = []
    paths = [it for it in project.sources(SUFFIXES) if b"req" in project.source(it)]
    texts = [project.situation.source(it) for it in paths]
    for text in texts:
        for found in _SETS.finditer(text):
            sets[found[1]] += 1
            values.append(found[2])
    if not sets:
        return ""
    name = sets.most_common(1)[0][0]
    if name == "userId":
        return "req.userId"
    for text in texts:
        shown.update(re.findall(rf"\breq\.{name}\??\.(id|sub|userId|_id|uid)\b", text))
    decodes = any("verify(" in it or "decode(" in it for it in values)
    key = shown.most_common(1)[0][0] if shown else ("sub" if decodes else "id")
    return f"req.{name}?.{key}"


def client_of(project: Project, script: Script) -> Client | Refused:
    """What the project asks its database with; a new pool of PostgreSQL where it has none."""
    for path in project.sources(SUFFIXES):
        text = project.situation.source(path)
        for made in _MADE.finditer(text):
            name = made[1]
            whole = rf"export default {name}\b|module\.exports = {name}\b"
            named = rf"export\b[^\n]*\b{name}\b|exports[^\n]*\b{name}\b"
            default = re.search(whole, text) is not None
            if default or re.search(named, text):
                kind: Literal["pg", "typeorm"] = "pg" if made[2] == "Pool" else "typeorm"
                return Client(kind, name, path, default)
    packages = project.situation.stack.dependencies
    if used := next((it for it in (*_OTHERS, "typeorm", "pg") if it in packages), ""):
        return Refused(
            f"this project keeps its data with {used}, where no exported pool of pg or DataSource"
            " of TypeORM is found; the template asks through one of these"
        )
    path = posixpath.join(script.home, f"database{script.suffix}")
    if project.situation.document(path) is not None:
        return Refused(f"{path} is there, but what it exports is not understood")
    return Client("pg", "pool", path, is_new=True)


def users_of(project: Project) -> Model | None:
    """The table of those who have accounts."""
    stored = [it for it in project.situation.backend.models if it.table]
    return next((it for it in stored if _PEOPLE.fullmatch(it.table.lower())), None)


def key_type(model: Model | None, *, is_postgres: bool) -> tuple[str, str]:
    """The name of the users' key, and its type in SQL."""
    key = next((it for it in model.fields if it.primary_key), None) if model is not None else None
    if key is None:
        return "", "TEXT"
    written = key.type.lower()
    column = key.column or key.name
    if "uuid" in written:
        return column, "UUID" if is_postgres else "TEXT"
    if "big" in written:
        return column, "BIGINT"
    if re.search("int|serial|number", written):
        return column, "INTEGER"
    return column, "TEXT"
