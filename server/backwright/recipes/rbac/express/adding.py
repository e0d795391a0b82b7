"""Roles and permissions in an Express project: plain tables, and a middleware that asks them."""

from __future__ import annotations

import posixpath
import re

from backwright.edits.units import Unit
from backwright.recipes.authentication.environment import example_of
from backwright.recipes.authentication.render import renderer
from backwright.recipes.authentication.script_places import (
    SUFFIXES,
    Script,
    error_class,
    is_typed,
    module_path,
    script_of,
    test_place,
    with_interop,
)
from backwright.recipes.local_imports import script_specifier
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Step, Steps
from backwright.recipes.project import Project
from backwright.recipes.rbac.asked import Access
from backwright.recipes.rbac.express.surroundings import (
    Client,
    caller_of,
    client_of,
    key_type,
    users_of,
)
from backwright.recipes.rbac.said import review_of, summary_of

_TABLES = ("roles", "permissions", "role_permissions", "user_roles")


def adding(project: Project, access: Access) -> Outcome:
    if (there := _standing(project)) is not None:
        return there
    caller = caller_of(project)
    if not caller:
        return _with_tokens(project)
    script = script_of(project)
    client = client_of(project, script)
    if isinstance(client, Refused):
        return client
    return _draft(project, access, script, client, caller)


def _standing(project: Project) -> AlreadyDone | Refused | None:
    found = {
        it.table: it.place.file for it in project.situation.backend.models if it.table in _TABLES
    }
    if {"roles", "permissions"} <= found.keys():
        return AlreadyDone(
            f"{found['roles']} has tables of roles and {found['permissions']} of permissions"
            " already; `require-permission` puts the check in front of an endpoint"
        )
    if found:
        table, file = next(iter(found.items()))
        return Refused(f"there is a table {table} already ({file}), but not the others of roles")
    return None


def _with_tokens(project: Project) -> Steps:
    """Where nothing tells who calls, what does so comes first."""
    situation = project.situation
    return Steps(
        (
            Step("jwt-auth", "A middleware that tells who calls", "JWT middleware for Express"),
            Step("rbac", "Roles and permissions", situation.request),
        ),
        chained=True,
    )


def _draft(project: Project, access: Access, script: Script, client: Client, caller: str) -> Draft:
    databases = project.situation.stack.databases
    is_postgres = client.kind == "pg" or "postgresql" in databases
    users = users_of(project)
    key, kind = key_type(users, is_postgres=is_postgres)
    home = _home(project, script)
    path = module_path(project, script, "middleware", access.name)
    render = renderer(__file__)
    values: dict[str, object] = {
        "access": access,
        "cjs": script.is_common,
        "ts": is_typed(path),
        "ty": lambda text: text if is_typed(path) else "",
        "client": client,
        "taken": client.imported(project, home)[0],
        "from_": client.imported(project, home)[1],
        "holder": "$1" if is_postgres else "?",
        "second": "$2" if is_postgres else "?",
        "caller": caller,
        "error": error_class(project, path),
        "helpers": script_specifier(project, path, home),
        "users": users.table if users is not None and key else "",
        "key": key,
        "kind": kind,
        "interop": with_interop(project),
        "chain": caller.replace("?.", "?.").removeprefix("req."),
    }
    sql = _sql_path(project)
    units = [
        Unit(sql, "create", text=render("access.sql.j2", **values)),
        Unit(home, "create", text=script.styled(render("access.j2", **values))),
        Unit(path, "create", text=script.styled(render("middleware.j2", **values))),
    ]
    if client.is_new:
        units.append(
            Unit(client.file, "create", text=script.styled(render("database.j2", **values)))
        )
        units += example_of(project, ["DATABASE_URL"])
    place = test_place(project, script, access.name)
    undone: tuple[str, ...] = ()
    if place is not None and place.runner != "node":
        tested = {
            "place": place,
            "module": script_specifier(project, place.path, path),
            "helpers": script_specifier(project, place.path, home),
        }
        text = render("test.j2", **{**values, **tested})
        units.append(Unit(place.path, "create", text=script.styled(text)))
    else:
        undone = ("tests: neither Vitest nor Jest runs them here",)
    run = f'psql "$DATABASE_URL" -f {sql}' if is_postgres else f"run {sql} on the database"
    return Draft(
        tuple(units),
        summary_of(access, path)
        + ("; PostgreSQL is taken, as nothing here asks a database yet" if client.is_new else ""),
        unserved=undone,
        next_steps=(f"{run}, which makes the tables and the first roles",),
        review=(
            *review_of(access, access.name),
            f"`{access.name}` has to stand behind what sets `{caller}`, which tells who calls",
            *(
                ()
                if users is not None and key
                else ("user_roles refers to no table of users: none is known here",)
            ),
        ),
    )


def _home(project: Project, script: Script) -> str:
    """The module that asks about roles, among services where there are such."""
    folders = {posixpath.dirname(it) for it in project.sources(SUFFIXES)}
    fitting = [
        it for it in folders if posixpath.basename(it) in {"services", "lib", "repositories"}
    ]
    folder = min(fitting, default=script.home)
    for name in ("access", "roles", "roles-permissions"):
        path = posixpath.join(folder, f"{name}{script.suffix}")
        if project.situation.document(path) is None:
            return path
    return posixpath.join(folder, f"access-control{script.suffix}")


def _sql_path(project: Project) -> str:
    """The file of the tables: the next of numbered ones, beside other SQL, else in `sql`."""
    shown = [it for it in project.situation.paths if it.endswith(".sql") and project.is_own(it)]
    numbered = [(it, re.match(r"(\d{3,4})([_-])", posixpath.basename(it))) for it in shown]
    last = max(((it, n) for it, n in numbered if n is not None), default=None)
    if last is not None:
        file, number = last
        following = str(int(number[1]) + 1).zfill(len(number[1]))
        return posixpath.join(posixpath.dirname(file), f"{following}{number[2]}access.sql")
    root = project.situation.stack.root.strip("/")
    folder = (
        posixpath.dirname(shown[0]) if shown else posixpath.join("" if root == "." else root, "sql")
    )
    return posixpath.join(folder, "access.sql")
