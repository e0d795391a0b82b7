"""Credentials that the code itself spells out: headers that it compares with a text."""

from __future__ import annotations

from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.state import Condition
from backwright.recipes.generate_tests.surroundings import SPELLED, Credential
from backwright.recipes.generate_tests.values import Const, Given, Made, Test

MISSPELT = "not-the-right-one"
"""A text that code hardly compares anything with."""
_HEADER = "header:"
_LAST = 100
"""Whoever the fixtures let tests be is tried first."""


def spelled(behaviour: Behaviour) -> Credential | None:
    """The headers that the guards of the endpoint compare with texts; None without any."""
    return _credential(_headers(behaviour))


def misspelt(behaviour: Behaviour) -> Credential | None:
    """The same headers, each with a text that it is not compared with."""
    return _credential(dict.fromkeys(_headers(behaviour), MISSPELT))


def _headers(behaviour: Behaviour) -> dict[str, str]:
    found: dict[str, str] = {}
    for end in behaviour.faults:
        for condition in end.conditions[-1:]:
            if (asked := _asked(condition)) is not None:
                found.setdefault(*asked)
    return found


def _asked(condition: Condition) -> tuple[str, str] | None:
    """The header that has to be a certain text, and that text."""
    match condition.value:
        case Test("==", (Given("credential", name), Const(str(text)))) if not condition.holds:
            pass
        case Test("==", (Const(str(text)), Given("credential", name))) if not condition.holds:
            pass
        case _:
            return None
    if not name.startswith(_HEADER) or not text:
        return None
    return name.removeprefix(_HEADER).title(), text


def _credential(headers: dict[str, str]) -> Credential | None:
    if not headers:
        return None
    fields = tuple((name, Const(text)) for name, text in headers.items())
    inner = ", ".join(f'"{name}": {_quoted(text)}' for name, text in headers.items())
    hint = " ".join(headers.values())
    return Credential(f"{SPELLED}{{{inner}}}", Made("", fields), hint, _LAST)


def _quoted(text: str) -> str:
    return repr(text) if '"' in text or "\\" in text or "'" in text else f'"{text}"'
