"""Reads a rate out of free words: `5/minute`, `ten requests every 15 minutes`, `2 rps`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Unit = Literal["second", "minute", "hour", "day"]

SECONDS: dict[Unit, int] = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in `every` units of time."""

    count: int
    unit: Unit = "minute"
    every: int = 1

    @property
    def seconds(self) -> int:
        return self.every * SECONDS[self.unit]

    @property
    def slashed(self) -> str:
        """As slowapi writes it: `5/minute`, `5/30 seconds`."""
        return f"{self.count}/{self._period}"

    @property
    def worded(self) -> str:
        """As Flask-Limiter and people write it: `5 per minute`, `5 per 30 seconds`."""
        return f"{self.count} per {self._period}"

    @property
    def _period(self) -> str:
        return self.unit if self.every == 1 else f"{self.every} {self.unit}s"

    @classmethod
    def of_seconds(cls, count: int, seconds: int) -> Rate:
        """The rate in the largest unit that fits: 900 seconds are 15 minutes."""
        unit = next(it for it in reversed(SECONDS) if seconds % SECONDS[it] == 0)
        return cls(count, unit, seconds // SECONDS[unit])

    def same_as(self, other: Rate) -> bool:
        return (self.count, self.seconds) == (other.count, other.seconds)


def rates_in(text: str) -> tuple[Rate, ...]:
    """Every rate that `text` names, in its order, each once."""
    found: list[Rate] = []
    for match in _RATE.finditer(text.lower()):
        rate = _rate(match)
        if rate is not None and not any(rate.same_as(it) for it in found):
            found.append(rate)
    return tuple(found)


def count_without_period(text: str) -> str:
    """The words that name a number of requests but no time, such as `20 requests`; else ""."""
    if _RATE.search(text.lower()):
        return ""
    found = _COUNT_ALONE.search(text.lower())
    return found[0].strip() if found else ""


_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
    "dozen": 12, "a dozen": 12, "hundred": 100, "a hundred": 100, "one hundred": 100,
    "thousand": 1000, "a thousand": 1000, "one thousand": 1000,
    "once": 1, "twice": 2, "thrice": 3,
    "half an": 0.5, "half a": 0.5,
}  # fmt: skip
_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "second"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "minute"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "hour"),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("week", "weeks"), "day"),
}
_WEEK = 7

_NAMED = "|".join(re.escape(word) for word in sorted(_NUMBERS, key=len, reverse=True))
_NUMBER = rf"(?:\d[\d,_]*k?|{_NAMED})"
_THING = r"(?:requests?|calls?|attempts?|tries|try|times?|hits?|reqs?)"
_RATE = re.compile(
    rf"""
    (?<![\w./:-])
    (?:
      (?P<per>(?P<short>\d+)\s*(?:rp|req/)(?P<letter>[smh]))\b
      |
      (?: (?P<count>{_NUMBER}) | (?:a|an|single) (?=\ {_THING}\ (?:per|an?|each|every)\b) )
      (?:\s*{_THING})?
      (?:\s+(?:[a-z-]+\s+){{0,4}}?|\s*)
      (?:/|\bper\b|\ban?\b|\beach\b|\bevery\b|\bin\b|\bwithin\b|\bover\b|\bduring\b)
      \s*(?:any|an?|the|each|one)?\s*
      (?P<every>(?:\d+|{_NAMED})?)\s*-?
      (?P<unit>{"|".join(sorted(_UNITS, key=len, reverse=True))})\b
    )
    """,
    re.VERBOSE,
)
_COUNT_ALONE = re.compile(rf"(?<![\w./:-])(?:\d[\d,_]*k?|{_NAMED})\s+(?:[a-z]+\s+)?{_THING}\b")


def _rate(match: re.Match[str]) -> Rate | None:
    if match["per"]:
        unit: Unit = _UNITS[match["letter"]]
        return Rate(int(match["short"]), unit) if int(match["short"]) else None
    count = _number(match["count"] or "1")
    every = _number(match["every"] or "1")
    unit = _UNITS[match["unit"]]
    if match["unit"].startswith("week"):
        every *= _WEEK
    if every == 0.5 and unit != "second":
        smaller: dict[Unit, tuple[Unit, int]] = {
            "minute": ("second", 30),
            "hour": ("minute", 30),
            "day": ("hour", 12),
        }
        unit, every = smaller[unit]
    if count < 1 or every < 1:
        return None
    return Rate(int(count), unit, int(every))


def _number(text: str) -> float:
    if text in _NUMBERS:
        return _NUMBERS[text]
    digits = text.replace(",", "").replace("_", "")
    return int(digits.removesuffix("k")) * (1000 if digits.endswith("k") else 1)
