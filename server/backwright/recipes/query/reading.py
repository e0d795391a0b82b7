"""Reads the plan of a query out of a request, by rules over the names of the schema."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from backwright.recipes.brief.lexicon import lexicon
from backwright.recipes.outcome import Refused
from backwright.recipes.query.amounts import amount_of, label_of, time_of
from backwright.recipes.query.conditions import (
    compared,
    having_of,
    is_absence,
    limit_of,
    state_of,
    window_of,
)
from backwright.recipes.query.mentions import (
    Mention,
    Word,
    column_called,
    column_named,
    table_of_deed,
    tables_named,
    words_of,
)
from backwright.recipes.query.plan import (
    Absent,
    AtLeast,
    ColumnOf,
    Condition,
    Function,
    Measure,
    Order,
    Plan,
    Window,
    Within,
)
from backwright.recipes.query.schema import Column, Link, Schema, Table
from backwright.recipes.query.words import words

_SUMS = frozenset({"total", "sum", "summed", "totals", "combined", "overall", "cumulative"})
_COUNTS = frozenset({"count", "counts", "number", "quantity", "many", "amount"})
_AVERAGES = frozenset({"average", "avg", "mean"})
_MOST = frozenset({"most", "highest", "biggest", "largest", "top", "best", "greatest", "more"})
_LEAST = frozenset({"least", "lowest", "fewest", "smallest", "worst", "cheapest"})
_LATEST = frozenset({"latest", "newest", "recent", "last"})
_EARLIEST = frozenset({"oldest", "earliest", "first"})
_SORTED = frozenset({"sorted", "ordered", "order", "sort", "sorting", "ordering"})
_TRADED = frozenset({"sold", "selling", "ordered", "bought", "purchased"})
_PER = frozenset({"per", "each", "every"})
_PLAIN = frozenset(
    {"of", "the", "a", "an", "their", "its", "all", "by", "in", "with", "from", "for", "and", "s"}
)
_OUTPUTS = re.compile(
    r"\b(?:includ(?:e|es|ing)|with|show(?:ing|s)?|columns?|want|need|return(?:s|ing)?|plus|and|"
    r"display(?:ing)?|select|give|get|also)\b",
)


@dataclass(slots=True)
class _Reader:
    schema: Schema
    text: str
    said: list[Word]
    named: list[Mention]
    window: Window | None
    limit: int | None
    notes: list[str] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    operands: set[int] = field(default_factory=set)
    """The mentions that an aggregate, a period or a condition speaks of."""


def read_plan(request: str, schema: Schema) -> Plan | Refused:
    """The plan; refused with what is missing where the heart of it is not understood."""
    text = " ".join(request.lower().replace("'s", "").split())
    window, text = window_of(text)
    having, text = having_of(text, lambda it: bool(tables_named(words_of(it), schema)))
    limit, text = limit_of(text)
    said = words_of(text)
    beyond = [it.text for it in said if it.text in words().beyond["words"].split()]
    if beyond:
        return Refused(f"no rule here puts `{beyond[0]}` into a query; configure a model for it")
    reader = _Reader(schema, text, said, tables_named(said, schema), window, limit)
    if not reader.named:
        shown = ", ".join(it.name for it in schema.tables[:8])
        return Refused(f"the request names none of the project's tables: {shown}; name one")
    absent = _absence(reader)
    if isinstance(absent, Refused):
        return absent
    if absent is None:
        _measure(reader)
    root = _root(reader, absent)
    if root is None:
        return Refused("it is not clear of what the rows are: say `list the …` or `top 10 …`")
    return _planned(reader, root, absent, having)


# What is measured


def _measure(reader: _Reader) -> None:
    """Takes every aggregate that is named, in order."""
    for at, word in enumerate(reader.said):
        text = word.text
        before = reader.said[at - 1].text if at else ""
        if text in _AVERAGES:
            _take(reader, "avg", at)
        elif text in _SUMS and not (text == "overall" and before == "of"):
            _take(reader, "sum", at)
        elif text in words().money["triggers"].split() and not _is_column(reader, at):
            _take_amount(reader, at)
        elif text == "count" or (text in _COUNTS and _next(reader, at) == "of"):
            _take_count(reader, at)
        elif text == "how" and _next(reader, at) == "many":
            _take_count(reader, at + 1)
        elif text in _MOST | _LEAST:
            _take_most(reader, at)
        elif text in _LATEST and _next(reader, at) not in {"", "days"}:
            _take_latest(reader, at)


def _next(reader: _Reader, at: int, ahead: int = 1) -> str:
    return reader.said[at + ahead].text if at + ahead < len(reader.said) else ""


def _is_column(reader: _Reader, at: int) -> bool:
    """Whether the word names a column that is shown or compared: `payments with amount, date`."""
    first = reader.named[0].table
    behind = reader.said[at - 1].text if at else ""
    return behind not in {"by", "total", "order", "highest"} and any(
        column_called(reader.said[at].text, it) is not None
        for it in (first, *_near_tables(reader, at)[:1])
    )


def _mention_at(reader: _Reader, at: int) -> Mention | None:
    return next((it for it in reader.named if it.first <= at <= it.last), None)


def _mention_after(reader: _Reader, at: int, reach: int = 5) -> Mention | None:
    found = [it for it in reader.named if at < it.first <= at + reach]
    return found[0] if found else None


def _mention_before(reader: _Reader, at: int, reach: int = 2) -> Mention | None:
    found = [it for it in reader.named if at - reach <= it.last < at]
    return found[-1] if found else None


def _take(reader: _Reader, function: Function, at: int) -> None:
    """An average or a sum of what is named behind it."""
    index = at + 1
    while index < len(reader.said) and index <= at + 6:
        text = reader.said[index].text
        mention = _mention_at(reader, index)
        if mention is not None:
            column = _column_behind(reader, mention)
            if column is not None:
                _add(reader, Measure(function, mention.table, "", column), mention)
                return
            if function == "sum" or _says_money(reader, mention):
                _add_amount(reader, function, mention.table, mention)
                return
            index = mention.last + 1
            continue
        for table in _near_tables(reader, index):
            column = column_called(text, table)
            if column is not None and column.is_number:
                _add(reader, Measure(function, table, "", column), None)
                return
        if text not in _PLAIN and text not in words().money["words"].split():
            break
        index += 1
    if function == "sum":
        _take_amount(reader, at)


def _column_behind(reader: _Reader, mention: Mention) -> Column | None:
    found = column_named(reader.said, mention.last + 1, mention.table)
    return found[0] if found is not None and found[0].is_number else None


def _says_money(reader: _Reader, mention: Mention) -> bool:
    around = reader.said[max(0, mention.first - 3) : mention.last + 3]
    return any(it.text in words().money["words"].split() for it in around)


def _near_tables(reader: _Reader, at: int) -> list[Table]:
    """The tables of the request, those that are named nearest first."""
    near = sorted(reader.named, key=lambda it: (abs(it.first - at), it.first < at))
    return list({it.table.name: it.table for it in near}.values())


def _take_amount(reader: _Reader, at: int) -> None:
    """`by revenue`, `total value`: the amount of the table that goes with it."""
    if any(it.function == "sum" for it in reader.measures):
        return
    deed = next(
        (it for it in reader.said[max(0, at - 1) : at + 1] if it.text in words().deeds), None
    )
    table = table_of_deed(deed.text, reader.schema) if deed is not None else None
    mention = None
    if table is None:
        mention = _mention_before(reader, at, 1) or _mention_after(reader, at, 3)
        others = [it for it in reader.named if it is not reader.named[0]]
        mention = mention or (others[0] if others else None)
        table = mention.table if mention is not None else None
    candidates = [table] if table is not None else []
    candidates += [
        it
        for name in ("order", "purchase", "sale", "invoice", "payment", "transaction", "booking")
        for it in reader.schema.tables
        if it.one == name
    ]
    for it in candidates:
        if amount_of(it, reader.schema) is not None:
            word = reader.said[at].text
            is_own = word in {"revenue", "turnover", "sales", "spend", "spending", "spent"}
            _add_amount(reader, "sum", it, mention, word if is_own else "")
            return


def _add_amount(
    reader: _Reader, function: Function, table: Table, mention: Mention | None, word: str = ""
) -> None:
    amount = amount_of(table, reader.schema)
    if amount is None:
        return
    name = f"{'total' if function == 'sum' else function}_{table.one}_value"
    if table.one.endswith(("value", "amount")):
        name = f"total_{table.one}"
    if word:
        name = f"total_{word.removesuffix('ing').replace('spent', 'spend')}"
    measure = Measure(function, amount.table, name, amount.column, amount.times)
    _add(reader, measure, mention)
    reader.notes.append(f"the value of {_a(table.one)} is {amount.title}")


def _take_count(reader: _Reader, at: int) -> None:
    mention = _mention_before(reader, at, 1) if reader.said[at].text == "count" else None
    mention = mention or _mention_after(reader, at, 3)
    if mention is not None:
        _add(reader, Measure("count", mention.table, f"{mention.table.one}_count"), mention)
        return
    deeds = [it.text for it in reader.said if it.text in words().deeds]
    table = table_of_deed(deeds[0], reader.schema) if deeds else None
    counted = [it.table for it in reader.measures]
    table = table or (counted[0] if counted else None)
    if table is not None:
        _add(reader, Measure("count", table, f"{table.one}_count"), None)


def _take_most(reader: _Reader, at: int) -> None:
    """`most orders` and `most borrowed` count, unless what follows is summed or averaged."""
    follows = _next(reader, at)
    if follows in _SUMS | _AVERAGES or follows in words().money["words"].split():
        return
    table = table_of_deed(follows, reader.schema)
    mention = None
    if table is None:
        mention = _mention_at(reader, at + 1) or (
            _mention_at(reader, at + 2) if follows in {"of", "the"} else None
        )
        table = mention.table if mention is not None else None
        if table is None or mention is None or mention.first == 0 or _is_subject(reader, mention):
            return
    if reader.said[at].text in {"top", "best"} and mention is not None:
        return
    factor = table.first(words().money["factors"].split())
    if mention is None and factor is not None and follows in _TRADED:
        _add(reader, Measure("sum", table, f"total_{factor.words}", factor), None)
        return
    _add(reader, Measure("count", table, f"{table.one}_count"), mention)


def _is_subject(reader: _Reader, mention: Mention) -> bool:
    """Whether the rows are of it: it is the first table that is named."""
    return mention is reader.named[0]


def _take_latest(reader: _Reader, at: int) -> None:
    """`the time of the last reading`."""
    mention = _mention_at(reader, at + 1)
    if mention is None or mention is reader.named[0]:
        return
    column = time_of(mention.table)
    asked = any(
        it.text in {"time", "date", "when", "moment", "timestamp"}
        for it in reader.said[max(0, at - 4) : at]
        + reader.said[mention.last + 1 : mention.last + 3]
    )
    if column is not None and asked:
        name = f"last_{mention.table.one}_at"
        _add(reader, Measure("max", mention.table, name, column), mention)


def _add(reader: _Reader, measure: Measure, mention: Mention | None) -> None:
    if mention is not None:
        reader.operands.add(mention.first)
    if not measure.name:
        title = {"avg": "average", "sum": "total", "min": "lowest", "max": "highest"}
        column = measure.column.words if measure.column else measure.table.one
        name = f"{title.get(measure.function, measure.function)}_{column}"
        measure = Measure(measure.function, measure.table, name, measure.column, measure.times)
    same = [(it.function, it.table.name) for it in reader.measures]
    if (measure.function, measure.table.name) not in same:
        reader.measures.append(measure)


def _a(name: str) -> str:
    spaced = name.replace("_", " ")
    return f"{'an' if spaced[0] in 'aeiou' else 'a'} {spaced}"


# Of what the rows are


def _absence(reader: _Reader) -> tuple[Table, int] | Refused | None:
    """The table of which there shall be no row, with the word that says so."""
    at = is_absence(reader.text, reader.said)
    if at is None:
        return None
    for index in range(at, min(at + 8, len(reader.said))):
        mention = _mention_at(reader, index)
        table = mention.table if mention else table_of_deed(reader.said[index].text, reader.schema)
        if table is not None and (mention is None or mention is not reader.named[0]):
            if mention is not None:
                reader.operands.add(mention.first)
            return table, index
    return Refused("it is not clear what there shall be none of: name the table")


def _root(reader: _Reader, absent: tuple[Table, int] | None) -> Table | None:
    """Of what each row is: `per T`, else the first table that is named for itself."""
    for mention in reader.named:
        before = reader.said[mention.first - 1].text if mention.first else ""
        if before in _PER or (before == "by" and reader.measures and _is_grouping(reader, mention)):
            return mention.table
    free = [it for it in reader.named if it.first not in reader.operands]
    if free:
        return free[0].table
    return reader.named[0].table


def _is_grouping(reader: _Reader, mention: Mention) -> bool:
    """`orders by customer`: what is counted stands before it."""
    return mention is not reader.named[0] and mention.first not in reader.operands


# The plan


def _planned(
    reader: _Reader,
    root: Table,
    absent: tuple[Table, int] | None,
    having: tuple[str, int, str] | None,
) -> Plan | Refused:
    conditions: list[Condition] = []
    unserved: list[str] = []
    if absent is not None:
        made = _absent(reader, root, absent[0])
        if isinstance(made, Refused):
            return made
        conditions.append(made)
        _measure_after(reader, absent[1])
    if len(reader.measures) > 1 and not _counts_itself(reader):
        reader.measures = [
            it for it in reader.measures if it.table != root or it.function != "count"
        ]
    rank = _rank(reader, root)
    if refused := _unmeasured(reader, absent, rank):
        return refused
    group = _group(reader, root)
    limits = _havings(reader, having)
    states, unknown = _states(reader, root)
    conditions += states
    unserved += unknown
    conditions += compared(reader.text, reader.said, [root, *_tables(reader)])
    if reader.window is not None and absent is None:
        within = _within(reader, root)
        if isinstance(within, Refused):
            return within
        conditions.append(within)
    outputs = _outputs(reader, root, group)
    order = [rank] if rank and not reader.measures else _order(reader, root, group)
    if group is None:
        named = [it.by for it in order if isinstance(it.by, ColumnOf)]
        outputs += [it for it in named if it.table == root and it not in outputs]
    loaded = _loaded(reader, root)
    needed = [it.table for it in reader.measures] + [it.measure.table for it in limits]
    needed += [it.at.table for it in conditions if not isinstance(it, Absent)]
    needed += [it.table for it in outputs] + [it.by.table for it in order]
    links = _links(reader.schema, root, needed)
    if isinstance(links, Refused):
        return links
    if refused := _multiplied(reader, root, limits):
        return refused
    filtered = any(it.at.table.name != root.name for it in conditions if not isinstance(it, Absent))
    keep_all = bool(links) and not (reader.limit or limits or filtered or _wants_some(reader))
    return Plan(
        root,
        tuple(outputs),
        tuple(reader.measures),
        tuple(links),
        keep_all,
        tuple(conditions),
        tuple(limits),
        tuple(order),
        reader.limit,
        group,
        tuple(dict.fromkeys(reader.notes)),
        tuple(unserved),
        tuple(loaded),
    )


def _measure_after(reader: _Reader, at: int) -> None:
    """Aggregates that a query for what is absent still names."""
    before = reader.measures
    _measure(reader)
    reader.measures = [it for it in reader.measures if it in before or it.function == "max"]


def _counts_itself(reader: _Reader) -> bool:
    return len({it.table.name for it in reader.measures}) == 1


def _rank(reader: _Reader, root: Table) -> Order | None:
    """The order by a column of the row itself: `the most expensive`, `with the highest salary`."""
    text = [it.text for it in reader.said]
    for at, word in enumerate(text):
        names = words().ranks.get(word, "")
        before = text[at - 1] if at else ""
        if names and (before in _MOST | _LEAST or word.endswith("est")):
            column = root.first(names.split())
            if column is not None:
                is_low = before in _LEAST or word in {"cheapest", "cheap"}
                return Order(ColumnOf(root, column), not is_low)
        if word in _MOST | _LEAST:
            hit = column_named(reader.said, at + 1, root)
            if hit is not None and (hit[0].is_number or hit[0].is_time):
                return Order(ColumnOf(root, hit[0]), word in _MOST)
    return None


def _unmeasured(
    reader: _Reader, absent: tuple[Table, int] | None, rank: Order | None
) -> Refused | None:
    """Why the request can't be served: it asks for an amount or a rank that no column gives."""
    if reader.measures or absent is not None or rank is not None:
        return None
    asked = [it.text for it in reader.said if it.text in _SUMS | _AVERAGES | {"most", "highest"}]
    money = [it.text for it in reader.said if it.text in {"revenue", "spend", "spending", "sales"}]
    if not asked and not money:
        return None
    tables = list(dict.fromkeys(it.table.name for it in reader.named))
    return Refused(
        f"no column of {', '.join(tables)} fits `{(asked or money)[0]}`: name the column"
    )


def _absent(reader: _Reader, root: Table, table: Table) -> Absent | Refused:
    path = reader.schema.path(root, table)
    if path is None or len(path) != 1 or path[0].child.name != table.name:
        return Refused(f"{table.name} has no column that refers to {root.name}")
    within = None
    if reader.window is not None:
        column = time_of(table)
        if column is None:
            return Refused(f"{table.name} has no column that tells when it was")
        within = Within(ColumnOf(table, column), reader.window)
    return Absent(path[0], within)


def _within(reader: _Reader, root: Table) -> Within | Refused:
    """The period, on what is measured: orders of the last 30 days, not customers."""
    tables = [it.table for it in reader.measures] or [root]
    first = tables[0]
    candidates = [first, *(link.parent for link in reader.schema.path(root, first) or [])]
    candidates += [it.parent for it in reader.schema.links if it.child.name == first.name]
    candidates = [it for it in candidates if it.name != root.name] or [root]
    named = [it.table for it in reader.named if it.table.name != root.name]
    named = [it for it in named if reader.schema.down(root, it)]
    for table in (*named, *candidates, root):
        column = time_of(table)
        if column is not None and reader.window is not None:
            reader.notes.append(f"the period is that of {table.name}.{column.name}")
            return Within(ColumnOf(table, column), reader.window)
    return Refused(f"{first.name} has no column that tells when it was: name one")


def _havings(reader: _Reader, having: tuple[str, int, str] | None) -> list[AtLeast]:
    if having is None:
        return []
    operator, value, noun = having
    mention = tables_named(words_of(noun), reader.schema)
    if not mention:
        return []
    table = mention[0].table
    measure = Measure("count", table, f"{table.one}_count")
    return [AtLeast(measure, ">=" if operator == ">=" else ">", value)]


def _states(reader: _Reader, root: Table) -> tuple[list[Condition], list[str]]:
    """The adjectives before tables: `open tasks`, `active users`."""
    found: list[Condition] = []
    unknown: list[str] = []
    for mention in reader.named:
        before = reader.said[mention.first - 1].text if mention.first else ""
        if not before or _mention_at(reader, mention.first - 1) is not None:
            continue
        states, note = state_of(before, mention.table)
        found += states
        if note:
            reader.notes.append(note)
        elif not states and _is_adjective(before):
            unknown.append(f"`{before}`: {mention.table.name} has no column that tells it")
    return list(dict.fromkeys(found)), unknown


def _is_adjective(word: str) -> bool:
    known = words()
    if lexicon().is_a(word, "verbs", "other", "modal", "intro", "determiners"):
        return False
    if word in known.deeds or word in known.ranks or word in _MOST | _LEAST | _SUMS | _AVERAGES:
        return False
    return word.endswith(("ing", "ed", "ive")) and word not in {"including", "using", "having"}


def _tables(reader: _Reader) -> list[Table]:
    return list({it.table.name: it.table for it in reader.named}.values())


def _group(reader: _Reader, root: Table) -> ColumnOf | None:
    """The column for each of whose values there is a row: `orders per status`."""
    if not reader.measures:
        return None
    for at, word in enumerate(reader.said[:-1]):
        if word.text not in _PER | {"by"} or _mention_at(reader, at + 1) is not None:
            continue
        if word.text == "by" and at and reader.said[at - 1].text in _SORTED:
            continue
        if word.text == "by" and _next(reader, at) in _SUMS | _AVERAGES | _COUNTS:
            continue
        found = column_named(reader.said, at + 1, root)
        if found is not None and not found[0].is_number and not found[0].is_time:
            return ColumnOf(root, found[0])
    return None


def _outputs(reader: _Reader, root: Table, group: ColumnOf | None) -> list[ColumnOf]:
    """The columns that the request names, with what identifies a row."""
    if group is not None:
        return [group]
    found = [ColumnOf(root, root.key)]
    label = label_of(root)
    found += [ColumnOf(root, label)] if label is not None else []
    opening = _OUTPUTS.search(reader.text)
    start = opening.start() if opening is not None else len(reader.text)
    measured = {it.column.name for it in reader.measures if it.column is not None}
    at = 0
    while at < len(reader.said):
        mention = _mention_at(reader, at)
        if reader.said[at].start < start or (mention is not None and mention.last > at):
            at += 1
            continue
        if mention is not None:
            at = mention.last + 1
            continue
        hit = column_named(reader.said, at, root)
        if hit is not None and hit[0].name not in measured:
            found.append(ColumnOf(root, hit[0]))
        elif hit is None:
            found += _parent_output(reader, root, at)
        at += hit[1] if hit is not None else 1
    return list(dict.fromkeys(found))


def _parent_output(reader: _Reader, root: Table, at: int) -> list[ColumnOf]:
    """`owner's email`: a column of what the row belongs to."""
    before = _mention_at(reader, at - 1) if at else None
    if before is None or before.table.name == root.name:
        return []
    if not any(
        it.child.name == root.name and it.parent.name == before.table.name
        for it in reader.schema.links
    ):
        return []
    hit = column_named(reader.said, at, before.table)
    return [ColumnOf(before.table, hit[0])] if hit is not None else []


def _order(reader: _Reader, root: Table, group: ColumnOf | None) -> list[Order]:
    """What the rows are ordered by: the measure of a rank, else a column that is named."""
    text = [it.text for it in reader.said]
    rising = any(it in _LEAST or it in {"asc", "ascending"} for it in text)
    for at, word in enumerate(text):
        if word in _EARLIEST | _LATEST and "first" in text[at + 1 : at + 6]:
            hit = column_named(reader.said, at + 1, root)
            column = hit[0] if hit is not None else time_of(root)
            if column is not None and column.is_time:
                return [Order(ColumnOf(root, column), word in _LATEST)]
    for at in range(len(text) - 1):
        if text[at] == "by" and text[max(0, at - 1)] in _SORTED:
            hit = column_named(reader.said, at + 1, root)
            if hit is not None:
                return [Order(ColumnOf(root, hit[0]), "desc" in " ".join(text[at:]))]
    if reader.measures and group is None:
        main = _main(reader, text)
        return [Order(main, not rising)]
    if group is not None:
        return [Order(reader.measures[0], not rising)]
    if any(it in text for it in _LATEST) and (column := time_of(root)) is not None:
        return [Order(ColumnOf(root, column), is_descending=True)]
    return []


def _main(reader: _Reader, text: list[str]) -> Measure:
    """The measure that ranks: an amount before an average, and either before a count; but
    `biggest departments first` means how many there are in each."""
    if "first" in text and any(it in {"biggest", "largest", "smallest"} for it in text):
        counts = [it for it in reader.measures if it.function == "count"]
        if counts:
            return counts[0]
    ranks = {"sum": 0, "avg": 1, "count": 2, "max": 3, "min": 3}
    if "most" in text and any(it.function == "count" for it in reader.measures):
        ranks["count"] = -1
    return min(reader.measures, key=lambda it: ranks[it.function])


def _loaded(reader: _Reader, root: Table) -> list[Link]:
    """The relations that shall come along: `with member and book loaded`."""
    if not re.search(
        r"\b(?:loaded|eager|eagerly|prefetch\w*|joined|n\+1|along with)\b", reader.text
    ):
        return []
    names = {it.table.name for it in reader.named}
    return [
        it
        for it in reader.schema.links
        if it.child.name == root.name and it.parent.name in names and it.attribute
    ]


def _wants_some(reader: _Reader) -> bool:
    return re.search(r"\b(?:that|who|which) have (?:some|any)\b", reader.text) is not None


def _links(schema: Schema, root: Table, needed: list[Table]) -> list[Link] | Refused:
    found: list[Link] = []
    for table in needed:
        path = schema.path(root, table)
        if path is None:
            return Refused(f"nothing leads from {root.name} to {table.name}")
        found += [it for it in path if it not in found]
    return found


def _multiplied(reader: _Reader, root: Table, limits: list[AtLeast]) -> Refused | None:
    """Why sums would be wrong: rows of one table were joined to those of another."""
    tables = [it.table for it in reader.measures] + [it.measure.table for it in limits]
    for measure in reader.measures:
        if measure.function not in {"sum", "avg"}:
            continue
        own = {_id(it) for it in reader.schema.path(root, measure.table) or []}
        for table in tables:
            path = {_id(it) for it in reader.schema.path(root, table) or []}
            if not path <= own:
                return Refused(
                    f"{measure.name} would count rows of {measure.table.name} several times, once"
                    f" for each of {table.name}: ask for one of the two"
                )
    return None


def _id(link: Link) -> tuple[str, str]:
    return link.child.name, link.column.name
