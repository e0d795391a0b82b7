"""Where a project keeps its SQL: a folder of migrations, a schema file, or none yet."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from backwright.edits.units import Unit
from backwright.recipes.outcome import Situation

_NUMBERED = re.compile(r"(?P<mark>V?)(?P<number>\d+)(?P<sign>__|_|-)(?P<name>[\w.-]+)\.sql")
_DOWN = re.compile(r"[._-]down\.sql$|^undo|^U\d", re.IGNORECASE)
_SCHEMAS = ("schema.sql", "init.sql", "tables.sql", "create_tables.sql", "ddl.sql")
_FOLDERS = ("db", "database", "sql")


@dataclass(frozen=True, slots=True)
class SqlPlace:
    """The file that statements go to; `down` is the file that takes them back, "" for none.

    `is_migration` is True where it is one of a row that a tool runs.
    """

    path: str
    down: str = ""
    is_there: bool = False
    is_migration: bool = False

    def units(self, situation: Situation, up: str, down: str) -> list[Unit]:
        if not self.is_there:
            units = [Unit(self.path, "create", text=up)]
        else:
            before = situation.source(self.path).rstrip("\n")
            text = f"{before}\n\n{up}" if before else up
            units = [Unit(self.path, "rewrite", text=text)]
        return [*units, *([Unit(self.down, "create", text=down)] if self.down else [])]


def sql_place(situation: Situation, name: str) -> SqlPlace:
    """The place for statements that `name` tells of in a few words, as in the name of a file."""
    own = [it for it in situation.paths if it.endswith(".sql") and _is_own(situation, it)]
    numbered = [it for it in own if _NUMBERED.fullmatch(posixpath.basename(it))]
    if numbered:
        return _next(numbered, name)
    for path in own:
        if posixpath.basename(path) in _SCHEMAS:
            return SqlPlace(path, is_there=True)
    root = situation.stack.root
    folders = {posixpath.dirname(it) for it in situation.paths}
    for folder in _FOLDERS:
        if posixpath.join(root, folder).lstrip("./") in folders:
            return SqlPlace(posixpath.join(root, folder, "schema.sql"))
    return SqlPlace(posixpath.join(root if root != "." else "", "db/schema.sql"))


def _is_own(situation: Situation, path: str) -> bool:
    root = situation.stack.root.strip("/")
    return root in {"", "."} or path.startswith(f"{root}/")


def _next(numbered: list[str], name: str) -> SqlPlace:
    """The next file of a row of migrations, named and numbered as those before."""
    last = max(numbered, key=lambda it: _number(it))
    folder, base = posixpath.split(last)
    match = _NUMBERED.fullmatch(base)
    assert match is not None
    digits = match["number"]
    number = str(int(digits) + 1).zfill(len(digits))
    stem = f"{match['mark']}{number}{match['sign']}{name}"
    paired = [it for it in numbered if _DOWN.search(posixpath.basename(it))]
    if paired and re.search(r"[._-](?:up|down)\.sql$", base):
        sign = base[: -len(".sql")].rpartition("up")[0][-1:] or base[-9:-8] or "."
        sign = "." if ".up." in base or ".down." in base else sign
        return SqlPlace(
            posixpath.join(folder, f"{stem}{sign}up.sql"),
            posixpath.join(folder, f"{stem}{sign}down.sql"),
            is_migration=True,
        )
    return SqlPlace(posixpath.join(folder, f"{stem}.sql"), is_migration=True)


def _number(path: str) -> int:
    match = _NUMBERED.fullmatch(posixpath.basename(path))
    return int(match["number"]) if match else 0
