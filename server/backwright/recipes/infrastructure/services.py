"""What an application can be run together with: databases, caches and brokers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from backwright.facts.backend import Stack

_SQLALCHEMY = frozenset({"sqlalchemy", "sqlmodel", "flask-sqlalchemy", "databases"})


class Open(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a service runs where nothing is to be protected: next to tests, for their time."""

    url: str
    user: str = ""
    health: str = ""
    environment: dict[str, str] = {}


class Service(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One service as `services.toml` describes it."""

    title: str
    words: tuple[str, ...]
    host: str
    image: str
    port: int
    health: str
    url: str
    volume: str = ""
    secrets: tuple[str, ...] = ()
    environment: dict[str, str] = {}
    open: Open
    schemes: dict[str, str] = {}
    drivers: dict[str, str] = {}
    variables: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """The version of its image."""
        return self.image.partition(":")[2]

    def url_for(self, stack: Stack, password: str, host: str = "") -> str:
        """Its URL as the application's own driver wants it."""
        return self._through_driver(
            stack, self.url.format(password=password, host=host or self.host)
        )

    def open_url(self, stack: Stack, host: str) -> str:
        """Its URL where it has no password."""
        return self._through_driver(stack, self.open.url.format(host=host))

    def _through_driver(self, stack: Stack, url: str) -> str:
        if not _SQLALCHEMY & stack.dependencies.keys():
            return url
        scheme = next((self.schemes[it] for it in self.schemes if it in stack.dependencies), "")
        return f"{scheme}{url[url.index('://') :]}" if scheme else url


@cache
def services() -> dict[str, Service]:
    """Every service by the name that the facts know it by."""
    file = Path(__file__).with_name("services.toml")
    return msgspec.toml.decode(file.read_bytes(), type=dict[str, Service])


def named(words: Iterable[str]) -> list[str]:
    """The services that words of a request call, in the order of the request."""
    by_word = {word: name for name, it in services().items() for word in it.words}
    return list(dict.fromkeys(by_word[word] for word in words if word in by_word))


def used_by(stack: Stack) -> list[str]:
    """The services that the application talks to by what it depends on."""
    return [name for name in services() if name in stack.databases]
