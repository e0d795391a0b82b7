"""The account that a brief describes: who registers, and what is kept of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backwright.recipes.brief.brief import Brief, Entity, Field
from backwright.recipes.brief.field_reading import fields_of
from backwright.recipes.brief.names import plural
from backwright.recipes.jwt_auth.asked import Asked
from backwright.recipes.outcome import Refused

_OWN = frozenset({"email", "password", "password_hash", "id", "created_at", "updated_at"})
_RESERVED = frozenset({"metadata", "registry", "claims", "token"})
_TRADE = re.compile(
    r"(?:^|_)(?:regist|sign|log|account|profile|token|jwt|auth|password|obtain|see|view|change|get"
    r"|fetch|work|app|api|backend|person|people|endpoint|page|request|system)",
)
"""Words for what accounts do, which are not what has an account."""
_WITH = re.compile(
    r"\b(?:regist\w+|sign[\s-]?(?:ing[\s-])?up) (?:with|by|using) (?:their |an? )?"
    r"([\w +,/&]+?)(?=,? (?:and |then )?(?:log|sign)|[.;:()\n]|$)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:[+,/&]|\band\b|\bplus\b)\s*", re.IGNORECASE)
DEFAULT_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Account:
    """`fields` are those beside the address and the password."""

    name: str
    plural: str
    fields: tuple[Field, ...]
    minutes: int
    profile_path: str
    replaces_profile: bool
    changes_password: bool
    database: str

    @property
    def kind(self) -> str:
        return "".join(it.capitalize() for it in self.name.split("_"))

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")

    @property
    def unique(self) -> list[str]:
        """What no two accounts may share."""
        return ["email", *(it.name for it in self.fields if it.unique)]


def account_of(brief: Brief, asked: Asked) -> Account | Refused:
    entity = _entity(brief)
    told = [it for it in entity.fields if not it.supposed] if entity is not None else []
    fields = told or _registered_with(asked.request) or [Field(name="name")]
    kept = [it for it in fields if it.name not in _OWN and it.type != "password"]
    if taken := next((it.name for it in kept if it.name in _RESERVED), ""):
        return Refused(f"a field can't be called {taken} here; say another name for it")
    return Account(
        name=entity.name if entity is not None else "user",
        plural=entity.plural if entity is not None else plural("user"),
        fields=tuple(map(_with_unique_name, kept)),
        minutes=asked.minutes or DEFAULT_MINUTES,
        profile_path=asked.profile_path,
        replaces_profile=asked.replaces_profile,
        changes_password=asked.changes_password,
        database=brief.wishes.database,
    )


def _entity(brief: Brief) -> Entity | None:
    """Whoever signs in: users where they are named, else the first that is no word of the trade."""
    people = [it for it in brief.entities if not _TRADE.search(it.name)]
    named = [it for it in people if it.name == "user"]
    secret = [it for it in people if any(f.type == "password" for f in it.fields)]
    return next(iter([*named, *secret, *people]), None)


def _registered_with(request: str) -> list[Field]:
    """The fields of "register with email, password and school"."""
    found = _WITH.search(request)
    if found is None:
        return []
    return fields_of(", ".join(_AND.split(found[1].lower())), supposed=False)


def _with_unique_name(it: Field) -> Field:
    if it.name not in {"username", "user_name", "handle", "nickname"}:
        return it
    return Field(name=it.name, unique=True)
