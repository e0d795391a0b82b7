"""Which calls in a test are requests: what they ask for, and of which app."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backwright.index import builtin_calls
from backwright.index.frameworks import roles
from backwright.index.values import Arguments, FunctionValue, Map, Object, Site, Str, Value

RESPONSE = "(response)"
"""The origin of what a request answers with."""

CLIENT = "(client)"
"""The origin of what is only known as a client by what is done with it."""

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"})
VERBS = {
    **{method.lower(): method for method in METHODS},
    **{f"{method.lower()}_json": method for method in METHODS},
    **{f"simulate_{method.lower()}": method for method in METHODS},
    "del": "DELETE",
    "websocket_connect": "WEBSOCKET",
}
"""What methods of clients are called, with the HTTP method that they send."""

SENDERS = frozenset({"request", "open", "stream", "inject", "simulate_request", "fetch"})
"""Methods of clients that are told the HTTP method."""

_OF_MANY_THINGS = frozenset({"fetch"})
"""Such as are requests only where the client is known as one."""

_PATHS = ("url", "path", "uri", "pathname")
_BASES = ("base_url", "baseURL", "baseUrl", "prefixUrl")
_ORIGIN = re.compile(r"[a-zA-Z*]+://(?P<host>[^/?#]*)")
_LOCAL = re.compile(r"(\*|localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|[^.]*)(:[\d*]+)?\*?")
_PRETENDING = re.compile(r"mock|respx|responses|httpretty|nock|vcr|wiremock", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """`path` has `*` for what is not known; `client` is what sends it, when that is known."""

    method: str
    path: str
    client: Object | None
    site: Site


def by_method(owner: Object, name: str, arguments: Arguments, site: Site) -> Request | None:
    """The request that calling the method of `owner` makes; None when it makes none."""
    if name not in VERBS and name not in SENDERS:
        return None
    if is_response(owner) or _pretends(owner):
        return None
    trusted = owner.origin in roles().test_clients
    if name in _OF_MANY_THINGS and not trusted:
        return None
    known = trusted or owner.origin in roles().http_clients
    if not known and any(isinstance(it, FunctionValue) for it in arguments.positional[1:]):
        return None  # a router's
    asked = _sent(arguments) if name in SENDERS else _asked(VERBS[name], arguments)
    if asked is None:
        return None
    method, text = asked
    return _request(method, text, owner, site, trusted=trusted)


def by_function(origin: str, arguments: Arguments, site: Site) -> Request | None:
    """The request that calling a function from outside makes: `fetch(url)`, `requests.get(url)`."""
    module, _, name = origin.rpartition(".")
    asked = None
    if origin in roles().test_requests:
        asked = _sent(arguments)
    elif module in roles().http_clients and name in VERBS:
        asked = _asked(VERBS[name], arguments)
    elif module in roles().http_clients and name in SENDERS:
        asked = _sent(arguments)
    return _request(*asked, None, site, trusted=False) if asked is not None else None


def looks_like_one(name: str, arguments: Arguments) -> bool:
    """Whether a method of something unknown is called as one calls a client's."""
    made = by_method(Object(CLIENT, Arguments(), _NOWHERE), name, arguments, _NOWHERE)
    return made is not None


def is_response(value: Value) -> bool:
    """Whether the value is what a request answered with, or was got from that by calls."""
    return response_in(value) is not None


def response_in(value: Value | None) -> Object | None:
    """The response that the value is, or that it was got from by calls."""
    while isinstance(value, Object):
        if value.origin == RESPONSE:
            return value
        value = value.receiver
    return None


def text_of(value: Value | None) -> str | None:
    """The text with `*` for what is not known; None for what is no text."""
    if isinstance(value, Object):
        if value.origin == "builtins.URL":
            return text_of(value.arguments.get((0,)))
        value = builtin_calls.default_of(value)
    if not isinstance(value, Str):
        return None
    return "".join("*" if part is None else part for part in value.parts)


def _asked(method: str, arguments: Arguments) -> tuple[str, str] | None:
    text = text_of(arguments.get((0, *_PATHS)))
    return (method, text) if text is not None else None


def _sent(arguments: Arguments) -> tuple[str, str] | None:
    """Method and path where both are told: in any order, by keyword, or in a table of options."""
    options = dict(arguments.keywords)
    for value in arguments.positional:
        if isinstance(value, Map):
            options = {**value.items, **options}
    texts = [text for it in arguments.positional if (text := text_of(it)) is not None]
    named = text_of(options.get("method"))
    path = next((text for key in _PATHS if (text := text_of(options.get(key))) is not None), None)
    if texts and texts[0].upper() in METHODS:
        named = texts.pop(0)
    if path is None:
        path = texts[0] if texts else None
    method = (named or "GET").upper()
    return (method, path) if path is not None and method in METHODS else None


def _request(
    method: str, text: str, client: Object | None, site: Site, *, trusted: bool
) -> Request | None:
    """`trusted` says that whatever is asked for is asked of an app under test."""
    host = _ORIGIN.match(text)
    if not trusted:
        if host is not None and not _LOCAL.fullmatch(host["host"]):
            return None
        if host is None and not text.startswith(("/", "*/")):
            return None
    path = _path(text)
    if host is None and not path.startswith("*"):
        path = _base(client) + path
    if not path.strip("*/") and path != "/":
        return None
    return Request(method, path, client, site)


def _path(text: str) -> str:
    host = _ORIGIN.match(text)
    path = text[host.end() :] if host is not None else text
    if host is not None and not path:
        path = "*" if host["host"].endswith("*") else "/"
    path = path.partition("?")[0].partition("#")[0]
    return path if path.startswith(("/", "*")) else f"/{path}"


def _base(client: Object | None) -> str:
    """The path that the client puts before every other."""
    if client is None:
        return ""
    options = dict(client.arguments.keywords)
    for value in client.arguments.positional:
        if isinstance(value, Map):
            options.update(value.items)
        elif (text := text_of(value)) is not None and _ORIGIN.match(text):
            options.setdefault(_BASES[0], value)  # request("http://localhost:3000/api")
    for key in _BASES:
        text = text_of(options.get(key))
        if text is not None and not text.startswith("*"):
            return _path(text).rstrip("/") if _path(text) != "*" else ""
    return ""


def _pretends(owner: Object) -> bool:
    """Whether calling its methods says what a request would answer instead of making one."""
    value: Object | None = owner
    while value is not None:
        if _PRETENDING.search(value.origin) or _PRETENDING.search(value.name):
            return True
        value = value.receiver
    return False


_NOWHERE = Site("", 0, 0, 0)
