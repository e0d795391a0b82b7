"""Periods, limits, bounds and states in the words of a request."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from backwright.recipes.query.mentions import Word, column_named
from backwright.recipes.query.plan import ColumnOf, Compare, Condition, Operator, Unit, Window
from backwright.recipes.query.schema import Table
from backwright.recipes.query.words import number, words

_NUMBERS = "|".join(words().numbers)
_N = rf"(\d+|{_NUMBERS})"
_UNIT = r"(hour|day|week|month|quarter|year)s?"
_LAST = re.compile(
    rf"\b(?:(?:in|over|during|within|from|of|for|since)\s+)?(?:the\s+)?"
    rf"(?:last|past|previous|recent)\s+{_N}\s+{_UNIT}\b"
)
_BRACKETED = re.compile(
    rf"\b(?:in|of|over|during|within)?\s*(?:the\s+)?(?:last|past|this|previous)\s+\w+\s*"
    rf"\(\s*{_N}\s+{_UNIT}\s*\)"
)
_SINCE = re.compile(rf"\b(?:since|for|in|within)\s+(?:the\s+)?(?:last\s+)?{_N}\s+{_UNIT}\b")
_ONE = re.compile(
    r"\b(?:(?:in|over|during|within|from|of)\s+)?(?:the\s+)?(?:last|past|previous)\s+"
    r"(hour|day|week|month|year)\b"
)
_RUNNING = re.compile(r"\b(?:in\s+|of\s+|during\s+)?(?:this|the current)\s+(week|month|year)\b")
_TO_DATE = re.compile(r"\b(year|month|week)[ -]to[ -]date\b|\b(ytd|mtd)\b")
_TODAY = re.compile(r"\btoday\b")
_MOST = (
    r"(?:most|best|highest|biggest|largest|latest|newest|oldest|cheapest|lowest|fewest|top|worst"
    r"|least|slowest|fastest|longest)"
)
_LIMITS = tuple(
    re.compile(it)
    for it in (
        rf"\b(?:only\s+)?(?:the\s+)?(?:top|first|best)\s+{_N}\b",
        rf"\blimit(?:ed)?\s*(?:to|of|:|=)?\s*{_N}\b",
        rf"\b(?:only|max(?:imum)?(?: of)?|at most|up to)\s+(?:the\s+)?{_N}\b",
        rf"\b(?:the\s+)?{_N}\s+(?={_MOST}\b)",
        rf"\b(?:the|show|list|give me the|:)\s+{_N}\s+(?=[a-z])",
        rf":\s*{_N}\s+(?=with)",
    )
)
_HAVING = re.compile(
    r"\b(?:with\s+)?(?:having\s+)?(at least|more than|over|minimum(?: of)?|no fewer than|>=|>)"
    rf"\s*{_N}"
    r"\s+([a-z_]+(?: [a-z_]+)?)"
)
_ABSENT = re.compile(
    r"\b(?:never|without(?:\s+any)?|with\s+no|have\s+no|has\s+no|having\s+no|no|who\s+have\s+not|"
    r"ha(?:ve|s)n'?t|haven't|didn'?t|did\s+not|have\s+not|has\s+not|not\s+(?:have|having)|lacking)\b"
)
_COMPARED = re.compile(
    r"\s*(?:is\s+|are\s+|was\s+|of\s+)?"
    r"(over|above|more than|greater than|higher than|under|below|less than|lower than|at least|"
    r"at most|equal to|equals|=|>=|<=|>|<|is|not|before|after)\s+['\"]?([\w.-]+)['\"]?"
)
_OPERATORS: dict[str, Operator] = {
    "over": ">", "above": ">", "more than": ">", "greater than": ">", "higher than": ">",
    "under": "<", "below": "<", "less than": "<", "lower than": "<", "at least": ">=",
    "at most": "<=", "equal to": "=", "equals": "=", "=": "=", ">=": ">=", "<=": "<=", ">": ">",
    "<": "<", "is": "=", "not": "<>", "before": "<", "after": ">",
}  # fmt: skip


def window_of(text: str) -> tuple[Window | None, str]:
    """The period, and the text without it."""
    for pattern in (_BRACKETED, _LAST, _SINCE):
        if match := pattern.search(text):
            count = number(match[1]) or 1
            return _window(count, match[2]), _without(text, match)
    if match := _TO_DATE.search(text):
        unit = match[1] or {"ytd": "year", "mtd": "month"}[match[2]]
        return Window(1, cast("Unit", unit), is_running=True), _without(text, match)
    if match := _RUNNING.search(text):
        return Window(1, cast("Unit", match[1]), is_running=True), _without(text, match)
    if match := _TODAY.search(text):
        return Window(1, "day", is_running=True), _without(text, match)
    if match := _ONE.search(text):
        return _window(1, match[1]), _without(text, match)
    return None, text


def _window(count: int, unit: str) -> Window:
    return Window(count * 3, "month") if unit == "quarter" else Window(count, cast("Unit", unit))


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def limit_of(text: str) -> tuple[int | None, str]:
    """How many rows there shall be, and the text without the number."""
    for pattern in _LIMITS:
        if match := pattern.search(text):
            return number(match[1]), f"{text[: match.start(1)]} {text[match.end(1) :]}"
    return None, text


def having_of(
    text: str, names_table: Callable[[str], bool]
) -> tuple[tuple[str, int, str] | None, str]:
    """`at least 10 reviews`: the operator, the number and the noun; and the text without it."""
    match = next((it for it in _HAVING.finditer(text) if names_table(it[3])), None)
    if match is None:
        return None, text
    operator = ">" if match[1] in {"more than", "over", ">"} else ">="
    return (operator, number(match[2]) or 1, match[3]), _without(text, match)


def is_absence(text: str, said: list[Word]) -> int | None:
    """The word behind which stands what there shall be none of."""
    match = _ABSENT.search(text)
    if match is None or text[match.end() :].lstrip().startswith(("n+1", "more than", "need")):
        return None
    return next((n for n, it in enumerate(said) if it.start >= match.end()), None)


def state_of(word: str, table: Table) -> tuple[list[Condition], str]:
    """What an adjective means for the columns of a table, with a note where that is a guess."""
    flag = table.first((word, f"is_{word}"))
    if flag is not None and flag.type == "boolean":
        return [Compare(ColumnOf(table, flag), "=", value=True)], ""
    if rules := words().states.get(word):
        found = _by_rules(rules, table)
        if found:
            names = ", ".join(it.at.column.name for it in found if isinstance(it, Compare))
            return found, f"{word} {table.many.replace('_', ' ')} are told by {names}"
    stamp = table.first((f"{word}_at", f"{word}_on"))
    if stamp is not None:
        return [Compare(ColumnOf(table, stamp), "is not null")], ""
    status = table.first(("status", "state", f"{table.one}_status"))
    adjective = word.endswith(("ed", "ing", "ive", "en", "id", "ft", "able", "ete"))
    if status is not None and (adjective or word in {"open", "new", "live"}):
        note = f"{word} {table.many.replace('_', ' ')} are those whose {status.name} is `{word}`"
        return [Compare(ColumnOf(table, status), "=", word)], note
    return [], ""


def _by_rules(rules: str, table: Table) -> list[Condition]:
    found: list[Condition] = []
    for rule in rules.split(";"):
        kind, _, names = rule.strip().partition(":")
        column = table.first(names.split(","))
        if column is None:
            continue
        at = ColumnOf(table, column)
        made = {
            "past": Compare(at, "<", "now"),
            "future": Compare(at, ">=", "now"),
            "empty": Compare(at, "is null"),
            "filled": Compare(at, "is not null"),
            "true": Compare(at, "=", value=True),
            "false": Compare(at, "=", value=False),
        }
        found.append(made[kind])
    return found


def compared(text: str, said: list[Word], tables: list[Table]) -> list[Condition]:
    """The comparisons with a value: `price over 100`, `status is 'paid'`."""
    found: list[Condition] = []
    for at in range(len(said)):
        for table in tables:
            hit = column_named(said, at, table)
            if hit is None:
                continue
            end = said[at + hit[1] - 1].end
            match = _COMPARED.match(text, end)
            made = _comparison(ColumnOf(table, hit[0]), match) if match else None
            if made is not None:
                found.append(made)
            break
    return list(dict.fromkeys(found))


def _comparison(at: ColumnOf, match: re.Match[str]) -> Compare | None:
    operator, value = _OPERATORS[match[1]], match[2]
    if at.column.is_number:
        digits = value.replace(".", "", 1)
        if not digits.isdigit():
            return None
        return Compare(at, operator, float(value) if "." in value else int(value))
    if at.column.type == "boolean":
        return Compare(at, operator, value in {"true", "yes", "set"})
    if at.column.is_time:
        is_date = re.fullmatch(r"\d{4}-\d\d-\d\d", value)
        return Compare(at, operator, value) if is_date else None
    if operator not in {"=", "<>"} or value in {"the", "a", "not", "their", "and", "null"}:
        return None
    return Compare(at, operator, value)
