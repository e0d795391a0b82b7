"""What the rules ask of a route."""

from __future__ import annotations

import re

from backwright.facts.backend import Route

_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE", "ANY"})
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LETTING_IN = frozenset(
    {
        *("login", "signin", "logon", "auth", "authenticate", "authorize", "token", "tokens"),
        *("register", "registration", "signup", "refresh", "forgot", "reset", "verify", "oauth"),
        *("callback", "webhook", "webhooks", "logout", "signout", "session", "sessions", "sso"),
    }
)
_JOINED = ("sign-in", "sign_in", "log-in", "log_in", "sign-up", "sign_up")


def writes(route: Route) -> bool:
    """Whether a request may change something."""
    return route.protocol == "http" and route.method in _WRITING


def lets_in(route: Route) -> bool:
    """Whether the route is for those who are not let in yet: it gives a token, takes a new account,
    or is called by another service that signs what it sends."""
    last = [it for it in route.path.split("/") if it and "{" not in it][-2:]
    if any(part.lower().startswith(_JOINED) for part in last):
        return True
    words = {word.lower() for part in last for word in _WORDS.findall(part)}
    handler = {word.lower() for word in _WORDS.findall(route.handler.rpartition(".")[2])}
    return bool(words & _LETTING_IN) or bool(handler & _STRONG)


_STRONG = frozenset({"login", "signin", "signup", "register", "logout"})
"""Words that say it in the name of a handler too."""
