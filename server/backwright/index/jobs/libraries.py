"""What each `jobs.toml` says: how a library's jobs are declared, put in a queue and tried again.

As in `backwright.index.frameworks` the vocabulary is closed and an argument is given by the places
where it may stand: a position, a keyword, or both. Of an object in JavaScript its keys count as
keywords.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from backwright.index.frameworks import ArgumentPlace
from backwright.syntax.language import grammars_folder


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Options(_Table, frozen=True):
    """Where a call says how its job is to be run.

    The places are arguments of the call, or keys of the object that is its argument at `table`
    (and there of the one under the key `inside`).
    """

    table: ArgumentPlace = ()
    inside: str = ""
    within: ArgumentPlace = ()
    """A table whose entries count as arguments too, such as `retry_kwargs`."""
    unit: Literal["s", "ms"] = "s"
    name: ArgumentPlace = ()
    queue: ArgumentPlace = ()
    retries: ArgumentPlace = ()
    """How often it is tried again."""
    tries: ArgumentPlace = ()
    """How often it is tried, the first time included."""
    retry_on: ArgumentPlace = ()
    """Which failures are retried: it is, even where nothing says how often."""
    base: ArgumentPlace = ()
    """A class of which attributes say the same where the call does not."""
    retry: ArgumentPlace = ()
    """A value of the library that says it, such as `Retry(max=3)`."""
    delay: ArgumentPlace = ()
    """The pause before the next try, or a list of pauses."""
    growing: ArgumentPlace = ()
    """The first pause of those that double; `true` for the library's own."""
    backoff: ArgumentPlace = ()
    """A pause, or an object with its `type` and `delay`."""
    schedule: ArgumentPlace = ()
    """A cron line, a period, an object with one, or a value such as `crontab(hour=3)`."""
    trigger: ArgumentPlace = ()
    """The word `cron` or `interval`, whose fields are arguments beside it, or a value."""


class Task(_Table, frozen=True):
    """A decorator that makes a job of a function."""

    origins: tuple[str, ...]
    options: Options = Options()


class Queue(_Table, frozen=True):
    """A call that makes a queue; its options hold for all jobs in it."""

    origins: tuple[str, ...]
    name: ArgumentPlace = (0, "name")
    default: str = ""
    injected: bool = False
    """It is a decorator of the parameter or property that is given the queue."""
    options: Options = Options()


class Handle(_Table, frozen=True):
    """A call that says which function runs a job (or all of a queue): the last function in it.

    Without `methods` it is the call of one of `origins` itself.
    """

    origins: tuple[str, ...]
    methods: tuple[str, ...] = ()
    job: ArgumentPlace = ()
    queue: ArgumentPlace = ()
    options: Options = Options()


class Processor(_Table, frozen=True):
    """A decorator of classes that do the work of the queue it names.

    Their `method` does all of it, or each method with a decorator of `jobs` what this names.
    """

    origins: tuple[str, ...]
    method: str = ""
    jobs: tuple[str, ...] = ()


class Enqueue(_Table, frozen=True):
    """A call that asks for a job to be run, now or later.

    Without `job` it is a method of the job itself; otherwise the argument there is the job: its
    function, its name, or an object with its name. `makes`: what is given there is a job by that
    alone. `anywhere`: the name of the method is telling enough when its owner is not known.
    """

    methods: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    job: ArgumentPlace = ()
    makes: bool = False
    anywhere: bool = False
    unnamed: bool = False
    """The name may be left out, so that the first argument is data."""
    options: Options = Options()


class Workers(_Table, frozen=True):
    """Attributes of a worker's class, or arguments of its call, that list functions to run."""

    origins: tuple[str, ...]
    functions: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()
    """Calls that wrap a function of the list: `func(send, max_tries=3)`."""
    scheduled: tuple[str, ...] = ()
    scheduled_entry: tuple[str, ...] = ()
    entry_options: Options = Options()
    options: Options = Options()


class Retry(_Table, frozen=True):
    """A value that says how often to try again."""

    origins: tuple[str, ...]
    options: Options


class Again(_Table, frozen=True):
    """What in a job's own body has it tried again: methods of the job, exceptions."""

    methods: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()
    options: Options = Options()


class Schedule(_Table, frozen=True):
    """A value that says when: the fields of a cron line, or a period in seconds."""

    origins: tuple[str, ...]
    second: ArgumentPlace = ()
    minute: ArgumentPlace = ()
    hour: ArgumentPlace = ()
    day: ArgumentPlace = ()
    month: ArgumentPlace = ()
    weekday: ArgumentPlace = ()
    every: ArgumentPlace = ()
    cron: ArgumentPlace = ()
    """The whole cron line."""
    units: bool = False
    """Its keywords are units of time: `minutes=5`."""
    finer_fixed: bool = False
    """Fields finer than the finest one given stand at their least value, else at every one."""


class Settings(_Table, frozen=True):
    """Names of settings, wherever the project assigns them."""

    routes: tuple[str, ...] = ()
    """A table from names of jobs, with `*`, to queues."""
    schedules: tuple[str, ...] = ()
    """A table of entries with `task` and `schedule`."""
    default_queue: tuple[str, ...] = ()


class Library(_Table, frozen=True):
    """One library.

    `naming` is what a function is called as a job when nothing names it. `retries` and `delay` hold
    where a job is retried and nothing says how; `retries_always` where it is without being asked.
    """

    name: str
    language: str
    packages: tuple[str, ...]
    imports: tuple[str, ...]
    naming: Literal["module", "function", "qualname"] = "module"
    default_queue: str = ""
    retries: int = 0
    retries_always: bool = False
    default_backoff: str = ""
    task: tuple[Task, ...] = ()
    queue: tuple[Queue, ...] = ()
    handle: tuple[Handle, ...] = ()
    processor: tuple[Processor, ...] = ()
    enqueue: tuple[Enqueue, ...] = ()
    workers: tuple[Workers, ...] = ()
    retry: tuple[Retry, ...] = ()
    again: Again = Again()
    schedule: tuple[Schedule, ...] = ()
    settings: Settings = Settings()


@cache
def libraries() -> tuple[Library, ...]:
    """Every library whose folder is there, in the order of their names."""
    return tuple(load(file) for file in sorted(grammars_folder().glob("*/*/jobs.toml")))


@cache
def injecting() -> frozenset[str]:
    """Decorators that say which queue is given."""
    every = (it for library in libraries() for it in library.queue if it.injected)
    return frozenset(origin for it in every for origin in it.origins)


def load(file: Path) -> Library:
    return msgspec.toml.decode(file.read_bytes(), type=Library)


def places(options: Options) -> frozenset[int | str]:
    """Every place of an argument that the options look at."""
    if options.trigger:
        return frozenset({*_of(options), *_FIELDS_OF_TRIGGERS})
    return frozenset(_of(options))


_FIELDS_OF_TRIGGERS = (
    *("weeks", "days", "hours", "minutes", "seconds"),
    *("month", "day", "day_of_week", "hour", "minute", "second"),
)


def _of(options: Options) -> Iterator[int | str]:
    for name in options.__struct_fields__:
        field = getattr(options, name)
        if isinstance(field, tuple):
            yield from field
