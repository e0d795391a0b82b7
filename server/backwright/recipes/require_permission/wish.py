"""Which role a request asks for, and which of the project's usages of guards asks for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backwright.facts.backend import Route
from backwright.recipes.guarding.usage import Usage, usual
from backwright.recipes.outcome import Refused, Situation
from backwright.recipes.project import Project

_WORD = re.compile(r"[a-z][\w:.-]*")
_NAMED = re.compile(r"admin|staff|superuser|owner|moderator|editor|manager", re.IGNORECASE)
_ASKED = (
    re.compile(r"\bonly (?:for |by |an? |the )?([a-z][\w:-]*)"),
    re.compile(r"\b([a-z][\w:-]*) only\b"),
    re.compile(r"\brole (?:of )?[\"'`]?([a-z][\w:-]*)"),
    re.compile(r"\b[\"'`]?([a-z][\w:-]*)[\"'`]? (?:role|permission)\b"),
    re.compile(r"\bpermission [\"'`]?([a-z][\w:.-]*)"),
)
_EMPTY = frozenset({"a", "an", "the", "this", "one", "some", "certain", "require", "add", "may"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """`also` are roles that pass as well, since other endpoints have it so."""

    usage: Usage
    roles: tuple[str, ...]
    also: tuple[str, ...] = ()


def route_of(situation: Situation) -> Route | Refused:
    route = situation.target.route
    if route is None:
        return Refused("there is no endpoint here to ask for a permission")
    if route.protocol != "http":
        return Refused(f"this guards HTTP endpoints; {route.title} is a {route.protocol} one")
    return route


def chosen(project: Project, route: Route, usages: Sequence[Usage]) -> Chosen | Refused:
    """The usage that asks for the role which is wished, made for it where there is none."""
    fitting = [it for it in usages if it.is_of_role and keys_of(it)]
    if not fitting:
        return Refused(
            "no endpoint of this project asks for a role, so there is no guard to reuse; it would"
            " need one that is made for a role, such as require_role"
        )
    known = sorted({key for it in fitting for key in keys_of(it)})
    wished = _wished(project.situation, known)
    if not wished:
        return Refused(f"say which role shall pass, such as role={known[0]} ({', '.join(known)})")
    file = route.handler_place.file
    exact = usual([it for it in fitting if set(keys_of(it)) == set(wished)], file)
    if exact is not None:
        return Chosen(exact, wished)
    wider = usual([it for it in fitting if set(wished) < set(keys_of(it))], file)
    if wider is not None:
        return Chosen(wider, wished, tuple(it for it in keys_of(wider) if it not in wished))
    return _made(project, fitting, wished, file)


def keys_of(usage: Usage) -> tuple[str, ...]:
    """The roles as a person calls them: `admin` for `Role.ADMIN`, `"admin"` or `require_admin`."""
    if usage.roles:
        return tuple(key(it) for it in usage.roles)
    return tuple(it.lower() for it in _NAMED.findall(usage.guard))


def key(role: str) -> str:
    return role.strip("\"'`").rpartition(".")[2].lower()


def _wished(situation: Situation, known: Sequence[str]) -> tuple[str, ...]:
    if given := situation.inputs.get("role", ""):
        return tuple(key(it.strip()) for it in given.split(",") if it.strip())
    request = situation.request.lower()
    words = {form for word in _WORD.findall(request) for form in (word, word.removesuffix("s"))}
    if found := tuple(it for it in known if it in words):
        return found
    for pattern in _ASKED:
        named = pattern.search(request)
        if named is not None and named[1] not in _EMPTY:
            return (named[1].removesuffix("s"),)
    return ()


def _made(
    project: Project, fitting: Sequence[Usage], wished: tuple[str, ...], file: str
) -> Chosen | Refused:
    """A usage with its roles told otherwise."""
    model = usual([it for it in fitting if it.factory and it.roles], file)
    known = ", ".join(sorted({key for it in fitting for key in keys_of(it)}))
    if model is None:
        return Refused(f"there is no guard for {' or '.join(wished)}; there are those for {known}")
    written = [_written(project, model, it) for it in wished]
    missing = [role for role, code in zip(wished, written, strict=True) if not code]
    if missing:
        return Refused(f"there is no role {' or '.join(missing)}; endpoints ask for {known}")
    made = f"{model.factory}({', '.join(written)})"
    name = re.escape(model.factory)
    code = re.sub(rf"{name}\([^()]*\)", lambda _: made, model.code)
    if code == model.code:
        return Refused(
            f"{model.code} is made for {known}; make one for {' or '.join(wished)} first"
        )
    return Chosen(replace(model, code=code, roles=tuple(written)), wished)


def _written(project: Project, model: Usage, role: str) -> str:
    """A role as the project writes them; "" for a member that an enumeration hasn't."""
    like = model.roles[0]
    if like[:1] in "\"'`":
        return f"{like[0]}{role}{like[0]}"
    owner, _, member = like.rpartition(".")
    name = role.upper() if member.isupper() else role
    found = project.definitions.find(model.file, owner) if owner else None
    if found is None:
        return ""
    body = project.source(found.place.file)[found.place.start : found.place.end].decode()
    return f"{owner}.{name}" if re.search(rf"\b{re.escape(name)}\b", body) else ""
