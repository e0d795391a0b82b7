"""When a job is run by the clock: a cron line such as `0 3 * * *`, or `every 30 s`.

A schedule that is only partly known is told as none at all: half a cron line would be a lie.
"""

from __future__ import annotations

from backwright.index.jobs.libraries import Library, Schedule
from backwright.index.values import Arguments, Const, Map, Object, Seq, Str, Value

_SECONDS = {
    "weeks": 604_800,
    "days": 86_400,
    "hours": 3600,
    "minutes": 60,
    "seconds": 1,
    "milliseconds": 0.001,
}
_FIELDS = ("month", "day", "weekday", "hour", "minute", "second")
"""From the coarsest to the finest."""


def of(value: Value | None, library: Library) -> str:
    """What a schedule that is written as `value` says; "" for none or one that is not known."""
    match value:
        case Str() if value.known:
            return _as_words(value.text)
        case Const():
            return _period(seconds(value))
        case Map():
            return _of_table(value)
        case Object():
            if (period := seconds(value)) is not None:
                return _period(period)
            role = next((it for it in library.schedule if value.origin in it.origins), None)
            return _of_role(role, value.arguments) if role is not None else ""
        case _:
            return ""


def of_trigger(word: Value | None, arguments: Arguments, library: Library) -> str:
    """A schedule whose fields are arguments beside the word `cron` or `interval`, or a value."""
    if not isinstance(word, Str):
        return of(word, library)
    if word == Str(("interval",)):
        return _period(_sum(arguments))
    if word == Str(("cron",)):
        names = {name: ("day_of_week",) if name == "weekday" else (name,) for name in _FIELDS}
        given = {name: arguments.get(place) for name, place in names.items()}
        return _cron(_finer_fixed(given))
    return ""


def seconds(value: Value | None) -> float | None:
    """The length of a period that is a number of seconds or a `timedelta`."""
    if isinstance(value, Const) and isinstance(value.value, int | float):
        return float(value.value) if not isinstance(value.value, bool) else None
    if isinstance(value, Object) and value.origin == "datetime.timedelta":
        return _sum(value.arguments, positional=("days", "seconds"))
    return None


def _sum(arguments: Arguments, positional: tuple[str, ...] = ()) -> float | None:
    given = {**dict(zip(positional, arguments.positional, strict=False)), **arguments.keywords}
    total, known = 0.0, False
    for name, factor in _SECONDS.items():
        if name not in given:
            continue
        number = given[name]
        if not isinstance(number, Const) or not isinstance(number.value, int | float):
            return None
        total, known = total + number.value * factor, True
    return total if known else None


def _period(period: float | None) -> str:
    return f"every {period:g} s" if period else ""


def _as_words(text: str) -> str:
    """A cron line as it is; `5 minutes` becomes `every 5 minutes`."""
    is_cron = len(text.split()) in {5, 6} and not text[:1].isalpha() and "minute" not in text
    return text if is_cron or text.startswith(("every ", "@", "in ")) else f"every {text}"


def _of_table(table: Map) -> str:
    """BullMQ's `{ pattern: "0 3 * * *" }` and `{ every: 60_000 }`."""
    for key in ("pattern", "cron"):
        line = table.items.get(key)
        if isinstance(line, Str) and line.known:
            return line.text
    every = seconds(table.items.get("every"))
    return _period(every / 1000) if every else ""


def _of_role(role: Schedule, arguments: Arguments) -> str:
    if role.units:
        return _period(_sum(arguments))
    if role.every:
        return _period(seconds(arguments.get(role.every)))
    if role.cron:
        line = arguments.get(role.cron)
        return line.text if isinstance(line, Str) and line.known else ""
    fields = {name: arguments.get(getattr(role, name)) for name in _FIELDS}
    return _cron(_finer_fixed(fields) if role.finer_fixed else fields)


def _cron(fields: dict[str, Value | None]) -> str:
    texts = {name: _field(value) for name, value in fields.items()}
    if any(text is None for text in texts.values()):
        return ""
    order = ["minute", "hour", "day", "month", "weekday"]
    second = texts.get("second")
    if second not in {"*", "0", None}:
        order.insert(0, "second")
    return " ".join(texts.get(name) or "*" for name in order)


def _field(value: Value | None) -> str | None:
    """One field as a cron line has it, `*` where nothing is given; None when it is not known."""
    if value is None or value == Const(None):
        return "*"
    if isinstance(value, Str):
        return value.text.replace(" ", "") if value.known else None
    if isinstance(value, Const):
        return f"{value.value}"
    if isinstance(value, Seq):
        parts = [_field(it) for it in value.items]
        return ",".join(it for it in parts if it) if all(parts) else None
    return None


def _finer_fixed(fields: dict[str, Value | None]) -> dict[str, Value | None]:
    """Fields finer than the finest one that is given stand at their least value: `hour=3` means
    3:00, not every minute of that hour."""
    given = [number for number, name in enumerate(_FIELDS) if fields.get(name) is not None]
    finest = max(given, default=len(_FIELDS))
    least: dict[str, Value] = {
        "day": Const(1),
        "hour": Const(0),
        "minute": Const(0),
        "second": Const(0),
    }
    return {
        name: fields[name] or (least.get(name) if number > finest else None)
        for number, name in enumerate(_FIELDS)
    }
