"""What each `class_jobs.toml` says: jobs that are classes, and the words in their bodies."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from backwright.syntax.language import grammars_folder


class JobClasses(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One library. A job is a class that inherits from or includes one of `bases`.

    `queue` are words that name its queue; `options` are words whose keywords `queue` and `retry`
    say it; `retrying` are words with `attempts` and `wait`. `enqueue` are methods of the class that
    ask for it; `setting` those that only give options for one request.
    """

    name: str
    language: str
    packages: tuple[str, ...]
    bases: tuple[str, ...]
    performs: tuple[str, ...]
    queue: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    retrying: tuple[str, ...] = ()
    pausing: tuple[str, ...] = ()
    """Words with a block that tells the pause before the next try."""
    enqueue: tuple[str, ...]
    default_queue: str = "default"
    retries: int = 0
    backoff: str = ""
    attempts: int = 0
    """How often it is tried where a word asks for it and says no number."""
    wait: str = ""
    growing: dict[str, str] = {}
    """Names of pauses that grow, as they are told."""


@cache
def libraries() -> tuple[JobClasses, ...]:
    return tuple(load(file) for file in sorted(grammars_folder().glob("*/*/class_jobs.toml")))


def load(file: Path) -> JobClasses:
    return msgspec.toml.decode(file.read_bytes(), type=JobClasses)
