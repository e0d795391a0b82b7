"""Which entities a request names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from backwright.recipes.brief.chunks import Chunk, chunks
from backwright.recipes.brief.field_reading import is_field_name
from backwright.recipes.brief.lexicon import lexicon
from backwright.recipes.brief.names import is_plural, singular, snake
from backwright.recipes.brief.wishes import wish_words

_RELATED = "MBXOZE"
_CAPITAL = re.compile(r"[A-Z][a-z]+")
_PASCAL = re.compile(r"(?:[A-Z][a-z]+){2,}")
_ABOUT = frozenset({"for", "of", "to", "about"})
_FEATURES = frozenset({"profile", "health", "status", "home", "account", "refresh", "auth", "me"})


@dataclass(frozen=True, slots=True)
class Run:
    """Noun phrases that stand in one list; `lead` and `trail` are the letters around it."""

    chunks: tuple[Chunk, ...]
    first: int
    lead: str
    trail: str


def runs(line: Sequence[Chunk]) -> Iterator[Run]:
    """The lists of a sentence. A phrase of which something is told begins a list of its own."""
    at = 0
    while at < len(line):
        if line[at].letter != "N":
            at += 1
            continue
        first, members = at, [line[at]]
        while True:
            next_ = at + 1
            while next_ < len(line) and line[next_].letter == ",":
                next_ += 1
            if next_ == at + 1 or next_ >= len(line) or line[next_].letter != "N":
                break
            tells = next_ + 1 < len(line) and line[next_ + 1].letter in f"HV{_RELATED}"
            lead = line[first - 1].letter if first else ""
            if tells and lead in {"H", ":", *_RELATED}:
                break
            at = next_
            members.append(line[at])
        lead = line[first - 1].letter if first else ""
        trail = line[at + 1].letter if at + 1 < len(line) else ""
        yield Run(tuple(members), first, lead, trail)
        at += 1


def subject_of(chunk: Chunk) -> str:
    """The entity that a phrase can mean, in the singular; "" for what is no thing to keep.

    `the posts table` and `blog post` are one; `REST API` and `validation` are none.
    """
    known = lexicon()
    words = [it for it in chunk.words if it.lower() not in wish_words()]
    while len(words) > 1 and (_is_trade(words[0].lower()) or words[0].lower() == "properties"):
        if words[0].lower().endswith("ing") and not known.is_a(words[0].lower(), "trade"):
            break  # a tracking event
        words = words[1:]
    while words and _is_trade(words[-1].lower()) and len(words) > 1:
        last = words[-1].lower()
        is_known = singular(snake(last)) in known.entities
        if is_known and is_plural(last) and not known.is_a(last, "trade"):
            break
        words = words[:-1]
    if len(words) > 1 and words[-1].lower() in {"account", "accounts", "profile", "profiles"}:
        words = words[:-1] if singular(snake(" ".join(words[:-1]))) in known.entities else words
    if not words or _is_trade(words[-1].lower()):
        return ""
    name = singular(snake(" ".join(words)))
    if name in _FEATURES and len(words) < len(chunk.words):
        return ""
    return name if name and not name[0].isdigit() else ""


def is_whole(chunk: Chunk) -> bool:
    """Whether a phrase is what it is all for: `a blog platform`."""
    last = chunk.words[-1].lower() if chunk.words else ""
    is_one = not chunk.is_many and chunk.determiner not in {"each", "every"}
    is_domain = _is_domain(chunk) and is_one and not _has_kind(chunk)
    return lexicon().is_a(last, "wholes") or is_domain


def mentions(lines: Sequence[Sequence[Chunk]], listed: Callable[[int], bool]) -> dict[str, int]:
    """The entities with where each is first named, in that order.

    `listed` tells whether a line is an item below a heading such as `Entities:`.
    """
    found: dict[str, int] = {}
    for number, line in enumerate(lines):
        for run in runs(line):
            for index, chunk in enumerate(run.chunks):
                if name := _mentioned(line, run, index, listed(number)):
                    found.setdefault(name, chunk.start)
                inside = [it for it in chunks(chunk.inner, is_inner=True) if it.letter == "N"]
                if len(inside) == 1 and inside[0].name in lexicon().things:
                    found.setdefault(inside[0].one, chunk.start)
    return dict(sorted(found.items(), key=lambda it: it[1]))


def _mentioned(line: Sequence[Chunk], run: Run, index: int, is_listed: bool) -> str:
    chunk = run.chunks[index]
    name = subject_of(chunk)
    if not name:
        return ""
    last = index == len(run.chunks) - 1
    if is_listed and run.first == 0 and index == 0:
        return name
    if _is_strong(line, run, index, last) or _is_written_alike(run, chunk):
        return name
    known = lexicon()
    is_known = name in known.entities or name.split("_")[-1] in known.entities
    if run.lead in {"H", ":"} and _tells_fields(line, run):
        return name if is_known and chunk.is_many and _is_thing(name, chunk) else ""
    if is_whole(chunk) or (chunk.determiner == "the" and name in _FEATURES):
        return ""
    if chunk.is_many and _acts(line, run, last):
        return name
    if is_known and chunk.is_many:
        return "" if _is_told(line, run) else name
    return name if is_known and run.trail == "V" and last else ""


def _is_written_alike(run: Run, chunk: Chunk) -> bool:
    """Whether it begins with a capital as a thing beside it does: `Team and Membership`."""
    written = [it for it in run.chunks if len(it.words) == 1 and _CAPITAL.fullmatch(it.words[0])]
    known = [it for it in written if it.one in lexicon().entities]
    return chunk in written and bool(known) and chunk.start > run.chunks[0].start


def _acts(line: Sequence[Chunk], run: Run, last: bool) -> bool:
    """Whether it is said what they do: `volunteers can sign up`, `I want librarians to log in`."""
    if run.trail == "V" and last:
        at = run.first + 2 * len(run.chunks) - 1
        is_modal = lexicon().is_a(line[at].words[0].lower(), "modal")
        return is_modal or (run.lead in {"", ","} and any(it.is_many for it in line[at:]))
    if run.trail == "I" and run.lead == "V":
        return lexicon().is_a(line[run.first - 1].words[0].lower(), "modal")
    there = line[run.first - 1].words if run.first else ()
    return tuple(it.lower() for it in there) == ("are",) and run.first > 1 and run.lead == "P"


def _is_told(line: Sequence[Chunk], run: Run) -> bool:
    """Whether it is what an answer holds: `return 422 with the list of issues`."""
    before = [it for it in line[: run.first] if it.letter == "V"]
    return bool(before) and lexicon().is_a(before[-1].words[0].lower(), "telling")


def _is_strong(line: Sequence[Chunk], run: Run, index: int, last: bool) -> bool:
    """Whether the place in the sentence says that it is a thing, whatever the word."""
    chunk = run.chunks[index]
    if _has_kind(chunk):
        return True
    if run.lead in set(_RELATED) and not (run.lead == "B" and is_whole(chunk)):
        return run.lead != "B" or not is_field_name(chunk.name) or chunk.determiner != ""
    if last and run.trail and run.trail in f"H:{_RELATED}" and not is_whole(chunk):
        return _is_told_of(line, run)
    if any(_PASCAL.fullmatch(it) for it in chunk.words):
        return True
    if is_whole(chunk):
        return False
    return _tells_inside(chunk, run) or _is_asked_for(line, run, chunk)


def _is_told_of(line: Sequence[Chunk], run: Run) -> bool:
    """Whether a list ends with a subject: something is told of its last phrase."""
    single = len(run.chunks) == 1
    if run.trail in set(_RELATED):
        return run.lead != "H" or single
    if _is_about(line, run):
        return False
    return (run.trail == "H" and (run.lead != "H" or single)) or run.first == 0


def _is_asked_for(line: Sequence[Chunk], run: Run, chunk: Chunk) -> bool:
    is_known = chunk.one in lexicon().entities
    if run.lead == "H" and not _tells_fields(line, run):
        return (chunk.is_many or is_known) and not _is_told(line, run)
    if run.lead == "I":
        if chunk.is_many and chunk.one not in _FEATURES:
            return not _is_told(line, run)
        if chunk.determiner == "the" and (chunk.one in _FEATURES or not is_known):
            return False
        return _asks_kind(line, run)
    return run.lead == ":" and (chunk.is_many or is_known) and not _tells_fields(line, run)


def _tells_inside(chunk: Chunk, run: Run) -> bool:
    """Whether brackets behind a phrase tell its fields: `users (id, email)`."""
    if not chunk.inner or not has_list(chunk):
        return False
    if run.lead in {"H", ":"} and not chunk.is_many:
        return False  # a role (owner, member)
    return chunk.is_many or not is_field_name(chunk.name)


def _asks_kind(line: Sequence[Chunk], run: Run) -> bool:
    """Whether what stands before the list asks for things: `tables for`, `to manage`, `named`."""
    lead = line[run.first - 1]
    word = lead.words[0].lower()
    if word not in {"for", "of", "on", "to", "about", "around", "between"}:
        return True
    before = line[run.first - 2] if run.first > 1 else None
    return before is not None and bool(before.words) and _is_kind(before.words[-1].lower())


def tells_fields(line: Sequence[Chunk], run: Run) -> bool:
    return _tells_fields(line, run)


def _tells_fields(line: Sequence[Chunk], run: Run) -> bool:
    """Whether the list is what a thing has, and not what it is all about."""
    if run.lead not in {"H", ":"} or run.first < 2:
        return False
    owner = line[run.first - 2]
    if owner.letter != "N" or not subject_of(owner):
        return False
    if is_whole(owner):
        return not any(it.is_many and not is_field_name(it.name) for it in run.chunks)
    before = line[run.first - 3].words if run.first > 2 else ()
    lead = before[0].lower() if before else ""
    return not (lead in _ABOUT and not owner.is_many and _are_things(run))


def _is_about(line: Sequence[Chunk], run: Run) -> bool:
    """Whether the list before `with` is what it is all for: `for a clinic with patients`."""
    if run.lead != "I" or len(run.chunks) > 1 or run.chunks[0].is_many:
        return False
    if line[run.first - 1].words[0].lower() not in _ABOUT:
        return False
    after = next((it for it in runs(line) if it.first > run.first), None)
    return after is not None and _are_things(after)


def _are_things(run: Run) -> bool:
    return all(it.is_many and (has_list(it) or not is_field_name(it.name)) for it in run.chunks)


def has_list(chunk: Chunk) -> bool:
    """Whether a list of names stands in the brackets behind it."""
    names = [it for it in chunks(chunk.inner, is_inner=True) if it.letter == "N"]
    return len(names) > 1 or (len(names) == 1 and is_field_name(names[0].name))


def _is_thing(name: str, chunk: Chunk) -> bool:
    return name in lexicon().shared or not is_field_name(snake(" ".join(chunk.words)))


def _has_kind(chunk: Chunk) -> bool:
    """Whether a phrase says itself that it names a thing: `the posts table`."""
    words = [it.lower() for it in chunk.words if it.lower() not in wish_words()]
    if len(words) < 2 or not subject_of(chunk) or lexicon().is_a(words[0], "trade"):
        return False
    if words[-1] in {"management", "manager"}:
        return subject_of(chunk) in lexicon().entities
    return _is_kind(words[-1]) and words[-1] not in {
        "list",
        "lists",
        "form",
        "forms",
        "page",
        "view",
    }


def _is_kind(word: str) -> bool:
    return lexicon().is_a(singular(word), "kinds") or lexicon().is_a(word, "kinds")


def _is_trade(word: str) -> bool:
    known = lexicon()
    if known.is_a(word, "trade", "wholes", "kinds"):
        return word not in {"lists", "forms", "pages", "documents", "views", "records"}
    return _is_kind(word) and word not in {"lists", "forms", "pages", "documents"}


def _is_domain(chunk: Chunk) -> bool:
    return any(it.lower() in lexicon().domains for it in chunk.words)
