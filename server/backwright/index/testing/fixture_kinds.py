"""What a fixture gives: by its value, else by its type, else by its name."""

from __future__ import annotations

import re

from backwright.facts import walk
from backwright.facts.backend import FixtureKind
from backwright.index.frameworks import roles
from backwright.index.testing.rehearsal import Rehearsal
from backwright.index.testing.requests import CLIENT, is_response
from backwright.index.values import (
    FunctionValue,
    Map,
    Object,
    Str,
    Value,
)

_SESSIONS = re.compile(
    r"(^|\.)(Session|AsyncSession|scoped_session|sessionmaker|async_sessionmaker|SQLAlchemy|Database"
    r"|AsyncIOMotorClient|MongoClient|Connection)(\(\))*(\.|$)"
)
_HEADERS = re.compile(r"^(authorization|x-[\w-]*(key|token)|cookie|api-?key)$", re.IGNORECASE)
_NAMES: tuple[tuple[FixtureKind, re.Pattern[str]], ...] = (
    ("headers", re.compile(r"(^|_)headers?($|_)")),
    ("client", re.compile(r"(^|_)(client|test_?app|api)($|_)")),
    ("session", re.compile(r"(^|_)(db|session|database)(_session|_connection)?$")),
    ("app", re.compile(r"(^|_)(app|application)$")),
    ("token", re.compile(r"(^|_)(token|jwt)$")),
    ("factory", re.compile(r"^(make|create|new)_|_(factory|maker)$")),
)


def kind_of(
    name: str, value: Value | None, function: FunctionValue, rehearsal: Rehearsal
) -> FixtureKind:
    found = _by_value(value, rehearsal)
    if found != "other":
        return found
    returns = walk.type_text(function.facts.returns)
    if re.search(r"(TestClient|AsyncClient|FlaskClient|TestApp)\b", returns):
        return "client"
    if _SESSIONS.search(returns.partition("[")[2].rstrip("]").partition(",")[0] or returns):
        return "session"
    if value is not None and is_response(value):
        return "other"
    return next((kind for kind, pattern in _NAMES if pattern.search(name)), "other")


def _by_value(value: Value | None, rehearsal: Rehearsal) -> FixtureKind:
    match value:
        case Object():
            if rehearsal.is_registrar(value):
                return "app"
            known = {*roles().test_clients, *roles().http_clients, CLIENT}
            if value.origin in known or value.origin.endswith("().test_client"):
                return "client"
            return "session" if _SESSIONS.search(value.origin) else "other"
        case Map():
            return "headers" if any(_HEADERS.match(key) for key in value.items) else "other"
        case FunctionValue():
            return "factory"
        case Str():
            return "other"
        case _:
            return "other"
