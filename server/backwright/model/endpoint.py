"""An endpoint: its address, what identifies us there, and how it may be named in a message."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from backwright.errors import SettingsError

OPENAI_URL = "https://api.openai.com/v1"

_SHORTEST_SECRET = 6  # shorter values hide nothing and would punch holes into ordinary words
_MASK = "***"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where requests go. Its `repr` and `shown` hold no secret, so both may be printed."""

    shown: str
    """The base URL without credentials and query, for messages."""
    loopback: bool
    """Whether it runs on this machine: reached without a proxy, and one request at a time."""
    base_url: str = field(repr=False)
    query: Mapping[str, str] = field(repr=False)
    """Parameters that each request carries, such as Azure's `api-version`."""
    api_key: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)

    def masked(self, text: str) -> str:
        """`text`, which came from outside, without the values that were sent there."""
        password = urlsplit(self.base_url).password or ""
        for secret in (self.api_key, password, *self.headers.values(), *self.query.values()):
            if len(secret) >= _SHORTEST_SECRET:
                text = text.replace(secret, _MASK)
        return text


def endpoint_of(
    base_url: str, api_key: str = "", headers: Mapping[str, str] | None = None
) -> Endpoint:
    """The endpoint that the settings describe; raises SettingsError for what can't be one."""
    key = api_key.strip()  # a key read with `$(cat key)` or from a file often ends in a line break
    _require_sendable("the API key", key)
    for name, value in (headers or {}).items():
        _require_sendable(f"the header {name!r} in model.headers", name + value)
    try:
        parts = urlsplit(base_url.strip())
        host, _ = parts.hostname, parts.port  # reading the port checks it
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise SettingsError(
            "model.baseUrl is not the address of an endpoint: it must look like"
            " http://localhost:11434/v1 or https://host/v1"
        )
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    address = parts.netloc.rpartition("@")[2]
    return Endpoint(
        shown=urlunsplit((parts.scheme, address, path, "", "")),
        loopback=_is_loopback(host),
        base_url=urlunsplit((parts.scheme, parts.netloc, path, "", "")),
        query=dict(parse_qsl(parts.query, keep_blank_values=True)),
        api_key=key,
        headers=dict(headers or {}),
    )


def _require_sendable(what: str, value: str) -> None:
    """HTTP would refuse such a header with an error that quotes it."""
    if not value.isascii() or not value.isprintable():
        raise SettingsError(f"{what} holds a character that can't be sent, such as a line break")


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified  # 0.0.0.0, as servers print it
