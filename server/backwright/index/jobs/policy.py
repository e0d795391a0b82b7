"""How a job is run, as far as the calls about it say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backwright.index.frameworks import ArgumentPlace
from backwright.index.jobs import schedules
from backwright.index.jobs.libraries import Library, Options
from backwright.index.values import Arguments, ClassValue, Const, Map, Object, Seq, Str, Value

ENDLESS = -1
UNKNOWN_PAUSE = "?"
"""A pause is given that can't be read, or none at all: the library's own does not hold."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What one call says, or several together: the first that says a thing is believed.

    `asks`: it is to be retried, however often that may be; `unsure`: a number of retries is given
    that can't be read.
    """

    name: str = ""
    queue: str = ""
    retries: int | None = None
    backoff: str = ""
    schedule: str = ""
    asks: bool = False
    unsure: bool = False

    def over(self, other: Policy) -> Policy:
        settled = self.retries is not None or self.unsure
        return Policy(
            self.name or other.name,
            self.queue or other.queue,
            self.retries if settled else other.retries,
            self.backoff or other.backoff,
            self.schedule or other.schedule,
            self.asks or other.asks,
            self.unsure if settled else other.unsure,
        )


def combined(policies: Iterable[Policy]) -> Policy:
    result = Policy()
    for policy in policies:
        result = result.over(policy)
    return result


def final_retries(policy: Policy, library: Library) -> int | None:
    """How often the job is tried again; None when that is not known."""
    if policy.unsure:
        return None
    if policy.retries is not None:
        return policy.retries
    return library.retries if policy.asks or library.retries_always else 0


def final_backoff(policy: Policy, library: Library) -> str:
    """The pauses between the tries; the library's own only where it is sure that there are some."""
    retries = final_retries(policy, library)
    if retries == 0 or policy.backoff == UNKNOWN_PAUSE:
        return ""
    return policy.backoff or (library.default_backoff if retries is not None else "")


def read(options: Options, given: Arguments, library: Library) -> Policy:
    """What the arguments of a call say."""
    arguments = _with_base(options, _with_table(options, _arguments(options, given)))
    retries, unsure = _retries(options, arguments)
    policy = Policy(
        name=_text(arguments.get(options.name)),
        queue=queue_name(arguments.get(options.queue)),
        retries=retries,
        backoff=_backoff(options, arguments),
        schedule=schedules.of(arguments.get(options.schedule), library)
        or schedules.of_trigger(arguments.get(options.trigger), arguments, library),
        asks=_is_given(arguments, options.retry_on),
        unsure=unsure,
    )
    retry = arguments.get(options.retry)
    return policy.over(_of_retry(retry, library)) if retry is not None else policy


def queue_name(value: Value | None) -> str:
    """The name of a queue that is given by name or as an object with one."""
    if isinstance(value, Object):
        return _text(value.arguments.get((0, "name")))
    return _text(value)


def _arguments(options: Options, given: Arguments) -> Arguments:
    """The arguments among which the options stand: those of the call, or a table's entries."""
    if not options.table:
        return given
    tables = [given.get((place,)) for place in options.table]
    table = next((it for it in tables if isinstance(it, Map)), None)
    if table is not None and options.inside:
        inner = table.items.get(options.inside)
        table = inner if isinstance(inner, Map) else None
    return Arguments(keywords=dict(table.items)) if table is not None else Arguments()


def _with_table(options: Options, arguments: Arguments) -> Arguments:
    table = arguments.get(options.within)
    if not isinstance(table, Map):
        return arguments
    return Arguments(arguments.positional, {**table.items, **arguments.keywords})


def _with_base(options: Options, arguments: Arguments) -> Arguments:
    base = arguments.get(options.base)
    if not isinstance(base, ClassValue):
        return arguments
    keywords = dict(arguments.keywords)
    for class_ in base.lineage():
        if isinstance(class_, ClassValue):
            keywords = {**class_.scope.names, **keywords}
    return Arguments(arguments.positional, keywords)


def _retries(options: Options, arguments: Arguments) -> tuple[int | None, bool]:
    """The number that is given, and whether one is given that can't be read."""
    for places, less in ((options.retries, 0), (options.tries, 1)):
        value = arguments.get(places)
        if isinstance(value, Const) and value.value is None and not less:
            return ENDLESS, False
        if isinstance(value, Const) and isinstance(value.value, int):
            return max(int(value.value) - less, 0), False
        if value is not None and value != Const(None):
            return None, True
    return None, False


def _is_given(arguments: Arguments, places: ArgumentPlace) -> bool:
    value = arguments.get(places)
    empty = (isinstance(value, Seq) and not value.items) or value in (Const(None), Const(False))
    return value is not None and not empty


def _of_retry(value: Value, library: Library) -> Policy:
    if isinstance(value, Const) and isinstance(value.value, int):
        return Policy(retries=int(value.value))
    if not isinstance(value, Object):
        return Policy(unsure=value != Const(None))
    role = next((it for it in library.retry if value.origin in it.origins), None)
    if role is None:
        return Policy(unsure=True)
    policy = read(role.options, value.arguments, library)
    return policy if policy.retries is not None else policy.over(Policy(asks=True))


def _backoff(options: Options, arguments: Arguments) -> str:
    """In words: `exponential from 5 s`, `fixed 60 s`, `10, 30, 60 s`."""
    growing = arguments.get(options.growing)
    if isinstance(growing, Const) and growing.value:
        return "exponential" if growing.value is True else _growing(growing, options)
    if growing is not None and not isinstance(growing, Const):
        return _growing(growing, options)
    delay = arguments.get(options.delay)
    if delay is not None and delay != Const(None):
        return _pauses(delay, options) or UNKNOWN_PAUSE
    backoff = arguments.get(options.backoff)
    if isinstance(backoff, Map):
        kind = _text(backoff.items.get("type")) or "fixed"
        pause = _seconds(backoff.items.get("delay"), options)
        between = "from " if kind == "exponential" else ""
        return f"{kind} {between}{pause:g} s" if pause is not None else kind
    return (_pauses(backoff, options) or UNKNOWN_PAUSE) if backoff is not None else ""


def _growing(value: Value, options: Options) -> str:
    pause = _seconds(value, options)
    return f"exponential from {pause:g} s" if pause is not None else "exponential"


def _pauses(value: Value, options: Options) -> str:
    if isinstance(value, Seq):
        pauses = [_seconds(it, options) for it in value.items]
        known = [f"{it:g}" for it in pauses if it is not None]
        return f"{', '.join(known)} s" if known and len(known) == len(pauses) else ""
    pause = _seconds(value, options)
    return f"fixed {pause:g} s" if pause else ""


def _seconds(value: Value | None, options: Options) -> float | None:
    seconds = schedules.seconds(value)
    if seconds is not None and options.unit == "ms" and isinstance(value, Const):
        return seconds / 1000
    return seconds


def _text(value: Value | None) -> str:
    return value.text if isinstance(value, Str) and value.known else ""
