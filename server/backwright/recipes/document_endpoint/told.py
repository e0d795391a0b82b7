"""What there is to say of an endpoint: its purpose from its name, its answers from its code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from backwright.facts.backend import Route
from backwright.recipes.brief.names import singular
from backwright.recipes.generate_tests.behaviour import DENIED, Behaviour
from backwright.recipes.generate_tests.values import Answer, Const, Made, Value
from backwright.recipes.words import spaced

_VERBS = {
    "get": "Returns", "read": "Returns", "show": "Returns", "fetch": "Returns",
    "retrieve": "Returns", "list": "Lists", "index": "Lists", "search": "Searches", "find": "Finds",
    "create": "Creates",
    "add": "Adds", "post": "Creates", "update": "Updates", "edit": "Changes", "put": "Replaces",
    "replace": "Replaces", "patch": "Changes", "delete": "Deletes", "remove": "Removes",
    "destroy": "Deletes", "cancel": "Cancels", "register": "Registers", "login": "Signs in",
    "logout": "Signs out", "confirm": "Confirms", "send": "Sends", "book": "Books", "pay": "Pays",
    "upload": "Uploads", "download": "Downloads", "export": "Exports", "import": "Imports",
    "accept": "Accepts", "reject": "Rejects", "approve": "Approves", "judge": "Judges",
    "reschedule": "Reschedules", "renew": "Renews", "close": "Closes", "open": "Opens",
}  # fmt: skip
_BY_METHOD = {
    "GET": "Returns", "POST": "Creates", "PUT": "Replaces", "PATCH": "Changes", "DELETE": "Deletes",
}  # fmt: skip
_GENERAL = frozenset(
    {"get", "post", "put", "patch", "index", "show", "list", "read", "create", "update", "delete"}
)
"""Names of methods rather than of what is done."""
_TWO_WORDS = (["sign", "in"], ["sign", "up"], ["sign", "out"], ["log", "in"], ["log", "out"])
_MANY = frozenset({"Lists", "Searches"})


@dataclass(frozen=True, slots=True)
class Told:
    """`summary` is one sentence. `failures` are what goes wrong by status, in words."""

    summary: str
    success: int
    failures: dict[int, str]


def told(route: Route, behaviour: Behaviour | None) -> Told:
    failures: dict[int, list[str]] = {}
    for end in behaviour.faults if behaviour is not None else ():
        if end.status == DENIED or not 400 <= end.status < 600:
            continue
        said = message_in(end.body)
        known = failures.setdefault(end.status, [])
        if said and said not in known:
            known.append(said)
    if behaviour is not None and behaviour.invalid:
        failures.setdefault(behaviour.invalid, [])
    success = behaviour.success if behaviour is not None else route.status or 200
    return Told(
        summary_of(route),
        success,
        {status: _words(status, said) for status, said in sorted(failures.items())},
    )


def summary_of(route: Route) -> str:
    """`create_booking` → `Creates a booking.`; from the path where the name tells nothing."""
    parts = spaced(route.handler.rpartition(".")[2]).lower().split()
    if parts[:2] in _TWO_WORDS:
        return f"Signs {parts[1]}."
    verb = _VERBS.get(parts[0], "") if parts else ""
    if verb and len(parts) == 1 and parts[0] not in _GENERAL:
        return f"{verb}."
    if not verb and len(parts) > 1 and route.method != "GET" and parts[-1] not in _VERBS:
        verb = f"{parts[0].capitalize()}s"
    if verb and len(parts) > 1:
        return _sentence(verb, parts[1:], route)
    fixed = [it for it in route.path.split("/") if it and not it.startswith("{")]
    named = spaced(fixed[-1]).replace("-", " ").lower().split() if fixed else ["root"]
    if named == ["me"]:
        return f"{_BY_METHOD.get(route.method, 'Answers')} who is signed in."
    one = [*named[:-1], singular(named[-1])]
    if route.method == "GET" and not _names_one(route):
        return _sentence("Lists", named, route) if named != one else f"Returns the {named[-1]}."
    return _sentence(_BY_METHOD.get(route.method, "Answers"), one, route)


def _sentence(verb: str, thing: list[str], route: Route) -> str:
    """The verb with its object, which gets the article that it needs."""
    said = " ".join(thing)
    if verb in _MANY or thing[-1] != singular(thing[-1]) or thing[0] in {"my", "all", "the"}:
        return f"{verb} {said}."
    if thing == ["me"]:
        return f"{verb} who is signed in."
    if _names_one(route):
        return f"{verb} one {said}."
    return f"{verb} {'an' if said[:1] in 'aeio' else 'a'} {said}."


def _names_one(route: Route) -> bool:
    return route.path.rstrip("/").endswith("}")


def message_in(body: Value | None) -> str:
    """The words of a failure, where they are fixed."""
    match body:
        case Const(str() as text):
            return text.strip().rstrip(".")
        case Answer(_, inner):
            return message_in(inner)
        case Made():
            for name in ("detail", "message", "error", "description"):
                value = body.get(name)
                if isinstance(value, Const | Made) and (said := message_in(value)):
                    return said
    return ""


def _words(status: int, said: Iterable[str]) -> str:
    kept = [it for it in said if it]
    if kept:
        return "; ".join(kept)
    try:
        return {422: "The input is not valid"}.get(status, HTTPStatus(status).phrase.capitalize())
    except ValueError:
        return "Failure"


def is_documented(comment: str) -> bool:
    """Whether a docstring or comment says more than a word or two."""
    return len(re.findall(r"\w+", comment)) >= 3
