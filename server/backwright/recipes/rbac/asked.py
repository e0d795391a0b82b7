"""What a request says of roles: which there are, and what they may do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backwright.facts.backend import Route
from backwright.recipes.brief.names import plural, singular
from backwright.recipes.brief.read import without_negated

ADMIN = "admin"
_VERBS = {
    "read": "read", "view": "read", "see": "read", "list": "read", "write": "write",
    "edit": "update", "update": "update", "change": "update", "create": "create", "add": "create",
    "delete": "delete", "remove": "delete", "manage": "manage", "publish": "publish",
    "approve": "approve", "assign": "assign", "export": "export", "cancel": "cancel",
    "moderate": "moderate", "book": "book", "close": "close", "refund": "refund",
}  # fmt: skip
_LISTED = re.compile(
    r"\broles?\s*(?:\(|:|such as|like|are|named)\s*([\w\s,/&-]+?)(?:[).;:]|\bwith\b|$)",
    re.IGNORECASE,
)
_WITH_ADMIN = re.compile(
    r"((?:[a-z][\w-]*(?:,\s*(?:and\s+)?|\s+and\s+|\s*/\s*))+admin(?:istrator)?s?)\b"
    r"|\b(admin(?:istrator)?s?(?:(?:,\s*(?:and\s+)?|\s+and\s+|\s*/\s*)[a-z][\w-]*)+)",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b([a-z][\w-]+?)s?\s+(?:can|may|should(?: be able to)?|are allowed to)\s+"
    r"([^.;,]+?)(?=[.;,]|\bbut\b|$)",
    re.IGNORECASE,
)
_EVERYTHING = re.compile(r"\b(?:everything|anything)\b|\ball\s*$", re.IGNORECASE)
_OWN = re.compile(
    r"\b(?:their|its|his|her) own\b|\bonly own\b|\bown (?:ones|data|records)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"'`“]([a-z_]+)([:.])([a-z_*]+)[\"'`”]", re.IGNORECASE)
_PAIR = re.compile(r"\b([A-Za-z_]\w*)\(\s*[\"']([a-z_]+)[\"']\s*,\s*[\"']([a-z_]+)[\"']\s*\)")
_NAMED = re.compile(
    r"\b((?:require|check|has|can|authorize|allow)\w*)(?:\(|\s+(?:dependency|middleware))"
)
_NO_ROLE = frozenset(
    {
        "a", "able", "admins", "all", "an", "and", "any", "app", "are", "be", "check", "each",
        "endpoint", "everyone", "everything", "for", "i", "in", "include", "is", "it",
        "middleware", "model", "must", "nobody", "of", "on", "only", "own", "permission",
        "request", "resource", "role", "route", "should", "table", "that", "the", "their",
        "them", "there", "these", "they", "this", "user", "we", "who", "with", "you",
    }
)  # fmt: skip
_PREFIX = re.compile(r"^(?:api|v\d+|\{.*)$")
_NO_RESOURCE = frozenset(
    {
        "auth", "docs", "health", "healthz", "livez", "login", "logout", "me", "metrics",
        "ping", "profile", "ready", "readyz", "register", "session", "sessions", "signup",
        "static", "status", "token",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Access:
    """`roles` are the permissions of each role; `every` are all permissions there are. `name` is
    what the check shall be called, which takes a resource and an action where `is_pair`."""

    roles: dict[str, tuple[str, ...]]
    every: tuple[str, ...]
    separator: str
    name: str
    is_pair: bool
    beyond: tuple[str, ...]


def access_of(request: str, routes: list[Route], default_name: str) -> Access:
    wanted, _ = without_negated(request)
    quoted, pair, named = _QUOTED.search(wanted), _PAIR.search(wanted), _NAMED.search(wanted)
    separator = quoted[2] if quoted else ":"
    roles: dict[str, list[str]] = {it: [] for it in _roles(wanted)}
    every = [f"{it[1]}{separator}{it[3]}" for it in _QUOTED.finditer(wanted)]
    every += [f"{it[2]}{separator}{it[3]}" for it in _PAIR.finditer(wanted)]
    beyond = []
    for match in _MAY.finditer(wanted):
        role = singular(match[1].lower())
        if role not in roles:
            continue
        if _OWN.search(match[2]):
            beyond.append(match[0].strip())
        elif not _EVERYTHING.search(match[2]):
            found = _permissions(match[2], separator)
            roles[role] += found
            every += found
    beyond += [it.strip() for it in re.split(r"[.;,]|\bbut\b", wanted) if _OWN.search(it)]
    every += [] if every else _of_routes(routes, separator)
    listed = tuple(dict.fromkeys(every)) or (f"users{separator}read", f"users{separator}write")
    roles.setdefault(ADMIN, [])
    given = {it: tuple(dict.fromkeys(had)) for it, had in roles.items()}
    given[ADMIN] = listed
    name = pair[1] if pair else named[1] if named and named[1] not in {"check", "can"} else ""
    return Access(
        given,
        listed,
        separator,
        name or default_name,
        pair is not None,
        tuple(dict.fromkeys(it for it in beyond if it)),
    )


def _roles(wanted: str) -> list[str]:
    found: list[str] = []
    lists = [it[1] for it in _LISTED.finditer(wanted)]
    plain = _MAY.sub(" . ", wanted)
    lists += [it[1] or it[2] for it in _WITH_ADMIN.finditer(plain)]
    for written in lists:
        for part in re.split(r",|/|&|\band\b|\bor\b", written.lower()):
            words = re.findall(r"[a-z][\w-]*", part)
            if 0 < len(words) < 3:
                found.append(singular("_".join(words).replace("-", "_")))
    found += [singular(match[1].lower()) for match in _MAY.finditer(wanted)]
    named = [ADMIN if it == "administrator" else it for it in found]
    return list(dict.fromkeys(it for it in named if it not in _NO_ROLE and len(it) > 2))


def _permissions(said: str, separator: str) -> list[str]:
    """`read and write records` as `records:read` and `records:write`."""
    said = re.split(r"\b(?:through|via|by|with|for|in|on|from|to|of|using)\b", said.lower())[0]
    words = re.findall(r"[a-z]+", said)
    actions = [_VERBS[it] for it in words if it in _VERBS]
    things = [it for it in words if it not in _VERBS and it not in _NO_ROLE and len(it) > 2]
    return [f"{plural(singular(it))}{separator}{act}" for it in things[:3] for act in actions]


def _of_routes(routes: list[Route], separator: str) -> list[str]:
    """What there is to read and to write, as the endpoints show it."""
    found: dict[str, None] = {}
    for route in routes:
        parts = [it for it in route.path.strip("/").split("/") if not _PREFIX.match(it)]
        if parts and parts[0] not in _NO_RESOURCE and re.fullmatch(r"[a-z][\w-]*", parts[0]):
            action = "read" if route.method in {"GET", "HEAD"} else "write"
            found.setdefault(f"{parts[0].replace('-', '_')}{separator}{action}")
    return sorted(found)
