"""What a request says of a job: what is done, when, how often it is tried, and with what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from backwright.recipes.brief.names import singular
from backwright.recipes.outcome import Situation
from backwright.recipes.words import words

_HERE = Path(__file__).parent
_STOP = re.compile(
    r"[.;:,()\n]|\b(?:when(?:ever)?|after|once|if|in|at|on|via|using|with|through|by|that|which|and"
    r"|to|so|for|from|of|async(?:hronously)?|is|are|has|have|as|into|every|each)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:[a-z]+(?:_[a-z]+)+|[a-z]+(?:[A-Z][a-z]+){1,4})\b")
_WHEN = re.compile(
    r"\b(?:when(?:ever)?|after|once|as soon as|at the moment of|on)\s+(?:an?\s+|the\s+|new\s+)*"
    r"([^.;,\n]{3,60})",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(\d{1,2})\s*(?:x\b|times|retries|retrys|attempts|tries|max(?:imum)?)"
    r"|\b(?:retry|retries|retrys|attempts|tries|times)\s*(?:max(?:imum)?|up to|limit)?\s*[:=]?\s*"
    r"(\d{1,2})\b",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\bup to\s+(?:an?|one|(\d+))\s*(hour|minute|min|second|sec|h|m|s)s?\b", re.IGNORECASE
)
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_FIXED = re.compile(r"\b(?:fixed|constant|same)\s+(?:delay|interval|backoff)", re.IGNORECASE)
_DEAD = re.compile(r"\bdead[- ]?(?:letters?|set|jobs?)\b|\bdlq\b|\bparked?\b", re.IGNORECASE)
_RETRIES = 5


class _Words(msgspec.Struct, frozen=True):
    verbs: list[str]
    nouns: dict[str, str]
    libraries: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`verb` and `subject` say what is done (`send`, `welcome email`); `when` is the moment in the
    request's own words, "" where it names none.

    `retries` count the tries after the first; `longest` is the longest pause between two in
    seconds.
    """

    verb: str
    subject: str
    when: str = ""
    retries: int = _RETRIES
    longest: int = 3600
    fixed: bool = False
    dead_letters: bool = False
    library: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return (self.verb, *self.subject.split())

    @property
    def is_mail(self) -> bool:
        return (
            self.verb in {"send", "email", "mail"}
            and re.search(
                r"\be?mails?$|\bnewsletter$|\bnotice$|\breminder$|\breceipt$", self.subject
            )
            is not None
        )


def wanted_of(situation: Situation) -> Wanted | None:
    """What the request and the answers to the recipe's questions say; None without any work."""
    request = situation.request
    work = _work(situation.inputs.get("name", "")) or _work(request)
    if work is None:
        return None
    verb, subject = work
    times, up_to = _TIMES.search(request), _UP_TO.search(request)
    when = _WHEN.search(request)
    return Wanted(
        verb,
        subject,
        when=" ".join(when[1].split()) if when else "",
        retries=int(times[1] or times[2]) if times else _RETRIES,
        longest=int(up_to[1] or 1) * _SECONDS[up_to[2][0].lower()] if up_to else 3600,
        fixed=_FIXED.search(request) is not None,
        dead_letters=_DEAD.search(request) is not None,
        library=situation.inputs.get("library", "").strip().lower() or _library(request),
    )


def _work(request: str) -> tuple[str, str] | None:
    """The verb and its object: of a name as code has it, of a sentence, of a noun."""
    for name in _NAMED.findall(request) + [request.strip()] * ("-" in request):
        parts = words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))
        if len(parts) > 1 and parts[0] in _words().verbs and len(parts) <= 6:
            return parts[0], _one(parts[1:])
    for match in _verbs().finditer(request):
        subject = _object(request[match.end() :])
        if subject and not _is_queue(subject):
            return _plain(match[1]), subject
    for pattern, verb in _words().nouns.items():
        noun = re.compile(
            rf"((?:[a-z]+[ -]){{0,2}})\b({pattern})\b(?: of ([a-z]+))?", re.IGNORECASE
        )
        for match in noun.finditer(request):
            before = [it for it in words(match[1]) if it not in _EMPTY]
            of = [it for it in words(match[3] or "") if it not in _EMPTY]
            kept = [it for it in (*of, *before) if not _is_queue(it)]
            return verb, _one([*kept, *words(match[2])])
    return None


_EMPTY_WORDS = """
a an the our my their his her its this that for of to all some any new out up gets get with which
sends sending send queue job jobs task worker bull bullmq celery sidekiq in on and rails is are at
when us about tells them it they these those everything
"""
_EMPTY = frozenset(words(_EMPTY_WORDS))


def _object(text: str) -> str:
    """The object of a verb: the words up to what begins another part of the sentence."""
    end = _STOP.search(text)
    said = [it for it in words(text[: end.start()] if end else text) if it not in _EMPTY]
    return _one(said[:4])


def _one(parts: list[str]) -> str:
    """Words with the last one in the singular, spelled as one usually does."""
    parts = ["email" if it in {"e", "mail", "mails", "emails"} else it for it in parts if it != "e"]
    return " ".join([*parts[:-1], singular(parts[-1])]) if parts else ""


def _is_queue(subject: str) -> bool:
    """Whether it is the queue itself that is spoken of rather than the work."""
    return bool({"queue", "job", "task", "worker", "retry", "bull", "dlq"} & set(subject.split()))


def _plain(verb: str) -> str:
    """The verb as a name begins with it: `sending` → `send`, `resizing` → `resize`."""
    word = verb.lower()
    for known in sorted(_words().verbs, key=len, reverse=True):
        if word == known or word in {f"{known}s", f"{known}ing", f"{known.rstrip('e')}ing"}:
            return known
    return word


def _library(request: str) -> str:
    for name, spellings in _words().libraries.items():
        pattern = "|".join(re.escape(it) for it in sorted(spellings, key=len, reverse=True))
        if re.search(rf"\b(?:{pattern})\b", request, re.IGNORECASE):
            return name
    return ""


@cache
def _verbs() -> re.Pattern[str]:
    forms = [
        form
        for verb in _words().verbs
        for form in (f"{verb}ing", f"{verb.rstrip('e')}ing", f"{verb}s", verb)
    ]
    spelled = "|".join(sorted(set(forms), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({spelled})\b(?!\s*-)", re.IGNORECASE)


@cache
def _words() -> _Words:
    return msgspec.toml.decode((_HERE / "words.toml").read_bytes(), type=_Words)
