"""What a request for tokens asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backwright.recipes.authentication.clauses import left_undone
from backwright.recipes.brief.brief import Brief
from backwright.recipes.brief.read import without_negated

_REGISTERS = re.compile(
    r"\b(?:regist(?:er\w*|ration)|sign[\s-]?(?:ing[\s-])?ups?|creat\w+ (?:an? |own )?account"
    r"|(?:user|teacher|member|customer)?\s?accounts?\b(?! page))",
    re.IGNORECASE,
)
_LOGS_IN = re.compile(
    r"\b(?:log[\s-]?(?:ging[\s-])?ins?|sign[\s-]?ins?|obtain(?:ing)? (?:a )?token)\b", re.IGNORECASE
)
_PROFILE = re.compile(r"\bprofiles?\b|/me\b|\baccount page\b", re.IGNORECASE)
_LOGGED_IN = re.compile(r"\blog(?:ged)?[\s-]?in (?:user|member|customer)s?\b", re.IGNORECASE)
_PASSWORD = re.compile(r"\bchang\w+ (?:\w+ )?passwords?\b", re.IGNORECASE)
_EVERYWHERE = re.compile(
    r"\b(?:before|on|for|in) (?:each|every|all) (?:api )?(?:request|route|endpoint)s?\b"
    r"|\bonly requests? with\b|\banyone can call\b|\bleave\b[^.,;]*\bopen\b"
    r"|\bprotect\w* (?:all|every|the whole)\b",
    re.IGNORECASE,
)
_LIFETIME = re.compile(
    r"\b(?:expir\w*|valid|live|last)\b[^.,;]{0,20}?\b(\d{1,4})\s*(minute|min|m|hour|h|day|d)s?\b"
    r"|\b(\d{1,4})[\s-]*(minute|min|hour|day)s? (?:expir\w*|lifetime|validity|tokens?)\b",
    re.IGNORECASE,
)
_MINUTES = {"m": 1, "h": 60, "d": 1440}
_NAMED = re.compile(
    r"`([A-Za-z_]\w*)(?:\([^`]*\))?`\s+(?:middleware|function|dependency|decorator)"
    r"|\b([a-z]\w+)\(\s*req\b|\b(?:called|named) `?([A-Za-z_]\w*)`?",
)
_CLAIMS = ("role", "roles", "email", "name", "scope", "permissions", "tenant_id", "org_id")
_ATTACHED = re.compile(r"\{([^{}]*)\}")
_BEYOND = re.compile(
    r"\brefresh\w*|\b(?:reset|forgot\w*|recover\w*)\b|\boauth2?\b|\bsso\b|\bsocial\b|\bgoogle\b"
    r"|\bgithub\b|\b2fa\b|\bmfa\b|\btwo.factor|\botp\b|\bmagic link|\bpasskeys?\b|\bbcrypt\b"
    r"|\blog[\s-]?out\b|\bsign[\s-]?out\b|\brevo(?:ke|cation)\w*|\bblack-?list\w*|\bdeny-?list\w*"
    r"|\brate.limit\w*|\b(?:[RPE]S|EdDSA)\d{0,3}\b|\bjwks?\b(?!\.)|\bcookies?\b"
    r"|\bverif\w+ (?:the |their |an? )?e-?mails?|\bemail (?:verification|confirmation)",
    re.IGNORECASE,
)
_KNOWN = (
    "jsonwebtoken", "pyjwt", "json",
    "401", "409", "account", "argon", "attach", "audience", "auth", "basic", "bearer", "check",
    "claim", "clean", "code", "decode", "decorat", "depend", "distinct", "duplicate", "endpoint",
    "env", "error", "exp", "expir", "extract", "graceful", "hash", "header", "hs256", "invalid",
    "issuer", "jwt", "leave", "leeway", "log", "login", "machine", "malformed", "me",
    "middleware", "missing", "mobile", "model", "open", "password", "profile", "pydantic",
    "refuse", "regist", "reject", "request", "response", "route", "schema", "scope", "secret",
    "session", "setting", "sign", "signature", "staff", "sub", "subject", "test", "text", "token",
    "type", "typescript", "understandable", "user", "valid", "verif",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """`minutes` is how long a token lives, 0 where that is not said; `name` what the middleware
    shall be called; `claims` are those that the user shall have as fields of its own."""

    request: str
    accounts: bool
    changes_password: bool
    everywhere: bool
    minutes: int
    name: str
    claims: tuple[str, ...]
    profile_path: str
    replaces_profile: bool
    undone: tuple[str, ...]


def asked_of(request: str, brief: Brief) -> Asked:
    wanted, _ = without_negated(request)
    about = _LOGGED_IN.sub(" ", wanted)
    named = _NAMED.search(wanted)
    name = next((it for it in named.groups() if it), "") if named else ""
    words = {it for match in _ATTACHED.findall(wanted) for it in re.findall(r"\w+", match)}
    undone = left_undone(wanted, brief, _KNOWN, _BEYOND)
    if re.search(r"\bargon", wanted, re.IGNORECASE):  # "bcrypt or argon2" has what it asks for
        undone = tuple(it for it in undone if not re.search("bcrypt", it, re.IGNORECASE))
    replaces = re.search(r"\bput\b[^.,;]{0,10}/?(?:profile|me)\b", wanted, re.IGNORECASE)
    signs = [_REGISTERS.search(about), _LOGS_IN.search(about), _PROFILE.search(about)]
    return Asked(
        request,
        accounts=sum(it is not None for it in signs) > 1 or signs[1] is not None,
        changes_password=_PASSWORD.search(wanted) is not None,
        everywhere=_EVERYWHERE.search(wanted) is not None,
        minutes=_minutes(wanted),
        name=name,
        claims=tuple(it for it in _CLAIMS if it in words),
        profile_path="/me" if re.search(r"/me\b", wanted) else "/profile",
        replaces_profile=replaces is not None,
        undone=undone,
    )


def _minutes(wanted: str) -> int:
    found = _LIFETIME.search(wanted)
    if found is None:
        return 0
    number, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
    return int(number) * _MINUTES[unit[0].lower()]
