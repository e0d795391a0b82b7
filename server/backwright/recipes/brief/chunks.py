"""A sentence as chunks: noun phrases, and what stands between them, each with a letter.

`posts have many comments with a title` is N M N H N: rules are patterns over such letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from backwright.recipes.brief.lexicon import lexicon
from backwright.recipes.brief.names import is_plural, singular, snake
from backwright.recipes.brief.tokens import Bound, Token

_LONGEST_PHRASE = 5
_AFTER_KIND = frozenset(
    ("relationship", "relationships", "relation", "relations", "with", "to", "between")
)
_JOINING = frozenset(
    (
        *("date", "number", "year", "time", "place", "type", "kind", "amount", "name", "point"),
        *("country", "method", "length", "unit"),
    )
)
_HEAPS = frozenset(("list", "lists", "collection", "set", "group", "lots", "history"))


@dataclass(frozen=True, slots=True)
class Chunk:
    """`words` are as written; `inner` is what stands in brackets behind; `determiner` before.
    `type` is a word for the type of a field, where one is given apart: `title: string`.
    """

    letter: str
    words: tuple[str, ...]
    start: int
    end: int
    determiner: str = ""
    inner: tuple[Token, ...] = ()
    bounds: tuple[Bound, ...] = ()
    qualities: tuple[str, ...] = ()
    type: str = ""

    @property
    def name(self) -> str:
        return snake(" ".join(self.words))

    @property
    def is_many(self) -> bool:
        return is_plural(self.name)

    @property
    def one(self) -> str:
        return singular(self.name)


@dataclass(slots=True)
class _Chunker:
    tokens: Sequence[Token]
    is_inner: bool = False
    at: int = 0
    found: list[Chunk] = field(default_factory=list)

    def run(self) -> list[Chunk]:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.text in {"(", "[", "{"}:
                self._bracket()
            elif token.kind == "bound":
                self._bound(token)
            elif phrase := self._phrase():
                self._add(phrase[1], phrase[0])
            elif token.kind == "mark":
                self.at += 1
            else:
                self._words(token)
        return _typed(self.found)

    def _bracket(self) -> None:
        depth, first = 0, self.at
        for index in range(first, len(self.tokens)):
            text = self.tokens[index].text
            depth += (text in "([{") - (text in ")]}")
            if not depth:
                break
        inner = tuple(self.tokens[first + 1 : index if not depth else index + 1])
        self.at = index + 1
        if self.found and self.found[-1].letter == "N":
            last = self.found[-1]
            end = self.tokens[index].end
            self.found[-1] = replace(last, inner=(*last.inner, *inner), end=end)

    def _bound(self, token: Token) -> None:
        self.at += 1
        for index in range(len(self.found) - 1, -1, -1):
            if self.found[index].letter == "N":
                it = self.found[index]
                self.found[index] = replace(it, bounds=(*it.bounds, token.bound), end=token.end)
                return
            if self.found[index].letter in ",H":
                return

    def _phrase(self) -> tuple[int, str] | None:
        texts = [it.text for it in self.tokens[self.at : self.at + _LONGEST_PHRASE]]
        for size in range(len(texts), 0, -1):
            letter = lexicon().phrases.get(tuple(texts[:size]))
            if letter is not None:
                if letter in "OZEX":
                    size += self._more(self.at + size)
                return size, letter
        return None

    def _more(self, at: int) -> int:
        count = 0
        while at + count < len(self.tokens) and self.tokens[at + count].text in _AFTER_KIND:
            count += 1
        return count

    def _add(self, letter: str, size: int) -> None:
        part = self.tokens[self.at : self.at + size]
        words = tuple(it.raw for it in part)
        self.found.append(Chunk(letter, words, part[0].start, part[-1].end))
        self.at += size

    def _words(self, token: Token) -> None:
        words = lexicon()
        text = token.text
        if self._relates(0):
            self._add("M", 2)
        elif text == "not" and self._text(1) == "null":
            self._qualify("required", 2)
        elif words.is_a(text, "qualifiers") and not self._starts_noun(1):
            self._qualify(text, 1)
        elif text == "as" and self._text(1) in words.types and self._ends_noun():
            last = self.found[-1]
            self.found[-1] = replace(last, type=self._text(1))
            self.at += 2
        elif _is_wish(text) or (text == "that" and self._ends_noun()):
            self._add("P", 1)
        elif words.is_a(text, "intro") and not self._is_noun_here():
            self._add("I", 1)
        elif words.is_a(text, "other"):
            self._add("P", 1)
        elif words.is_a(text, "verbs") and not self._is_noun_here():
            self._add("V", 1)
        else:
            self._noun()

    def _noun(self) -> None:
        first, determiner, qualities = self.at, "", list[str]()
        taken: list[Token] = []
        while self.at < len(self.tokens) and not self._is_over(taken, determiner):
            token = self.tokens[self.at]
            text = token.text
            if not taken and _is_determiner(text):
                determiner = determiner if lexicon().is_a(determiner, "many") else text
            elif lexicon().is_a(text, "qualifiers"):
                qualities.append(text)
            elif text == "of":
                if taken and taken[-1].text in _HEAPS:
                    taken, determiner = [], "many"
            elif taken or not lexicon().is_a(text, "other"):  # else an adjective
                taken.append(token)
            self.at += 1
        if taken:
            words = tuple(it.raw for it in taken)
            span = taken[0].start, taken[-1].end
            self.found.append(Chunk("N", words, *span, determiner, qualities=tuple(qualities)))
            return
        self.at = max(self.at, first + 1)
        if self._ends_noun():
            last = self.found[-1]
            self.found[-1] = replace(last, qualities=(*last.qualities, *qualities))

    def _is_over(self, taken: list[Token], determiner: str) -> bool:
        """Whether a noun phrase ends before this token."""
        token = self.tokens[self.at]
        text = token.text
        if token.kind != "word":
            return True
        if not taken:
            return not determiner and lexicon().is_a(text, "other")
        if self._phrase() or self._relates(0) or _is_wish(text):
            return True
        if lexicon().is_a(text, "qualifiers"):
            return False
        if text == "of":
            return taken[-1].text not in _JOINING | _HEAPS
        if text == "per":
            return not self._starts_noun(1)
        if text in {"on", "at"} and self._ends_name(taken[-1].text):
            return False
        return self._stops(text, taken[-1].text)

    def _stops(self, text: str, before: str) -> bool:
        """Whether a word ends the noun phrase behind the word `before`."""
        words = lexicon()
        if is_plural(before) and is_plural(text) and not words.is_a(before, "attributive"):
            return True  # users posts comments
        if words.is_a(text, "kinds", "wholes") and not is_plural(before):
            return words.is_a(self._text(1), "determiners")
        if words.is_a(text, "other", "determiners", "intro"):
            return True
        if words.is_a(text, "verbs"):
            follows = self._text(1)
            return is_plural(before) or words.is_a(follows, "determiners") or not follows
        return False

    def _ends_name(self, before: str) -> bool:
        """Whether `on` or `at` belongs to the name of a time: `hired on`, `spent on date`."""
        follows = self._text(1)
        ends = follows in {"date", "time", ",", ")", "", "(", "and", ";"}
        return (ends or lexicon().is_a(follows, "qualifiers")) and before.endswith(
            ("ed", "nt", "en", "ht", "ts", "ds", "es", "ld", "wn", "it")
        )

    def _relates(self, ahead: int) -> bool:
        """Whether a verb of any kind says that there are many: `employs several doctors`."""
        verb, many = self._text(ahead), self._text(ahead + 1)
        if not self._ends_noun() and not self._text(ahead - 1).isalpha():
            return False
        return verb.isalpha() and verb.endswith("s") and lexicon().is_a(many, "many")

    def _is_noun_here(self) -> bool:
        """Whether a word that may be a verb is a noun: something is told of it, or it is had."""
        follows = self._text(1)
        if follows in {"(", "has", "have", "with", "contains", "contain", "belongs", "belong"}:
            return True
        before = self.found[-1].letter if self.found else ""
        if self._text(0).endswith("ing") and before in tuple(",HMBXO"):
            return is_plural(follows) and follows.isalpha()
        if self._is_listed(follows):
            return True
        had = bool(before) and before in "MBXOE"
        return had and not lexicon().is_a(follows, "determiners")

    def _is_listed(self, follows: str) -> bool:
        """Whether a word stands alone in a list of what something has: `with make, model`."""
        if follows and lexicon().phrases.get((follows,)) != ",":
            return False
        at = len(self.found) - 1
        if at < 0:
            return self.is_inner
        while at >= 0 and self.found[at].letter in "N,":
            at -= 1
        return self.found[-1].letter in ",H:" and (
            self.found[at].letter in "H:" if at >= 0 else self.is_inner
        )

    def _starts_noun(self, ahead: int) -> bool:
        words = lexicon()
        text = self._text(ahead)
        known = words.is_a(text, "other", "intro", "verbs") or (text,) in lexicon().phrases
        return bool(text) and text[0].isalpha() and not known

    def _ends_noun(self) -> bool:
        return bool(self.found) and self.found[-1].letter == "N"

    def _qualify(self, quality: str, size: int) -> None:
        if self._ends_noun():
            last = self.found[-1]
            end = self.tokens[self.at + size - 1].end
            self.found[-1] = replace(last, qualities=(*last.qualities, quality), end=end)
        self.at += size

    def _text(self, ahead: int) -> str:
        at = self.at + ahead
        return self.tokens[at].text if at < len(self.tokens) else ""


def chunks(tokens: Sequence[Token], *, is_inner: bool = False) -> list[Chunk]:
    """The chunks of a sentence, or of what stands in brackets."""
    return _Chunker(tokens, is_inner).run()


def _is_wish(text: str) -> bool:
    return text in lexicon().libraries


def _is_determiner(text: str) -> bool:
    return lexicon().is_a(text, "determiners") or text.endswith(("'s", "s'"))


def _typed(line: list[Chunk]) -> list[Chunk]:
    """`title : string` as one phrase."""
    found: list[Chunk] = []
    for chunk in line:
        if len(found) > 1 and chunk.letter == "N" and found[-1].letter == ":":
            name = found[-2]
            if name.letter == "N" and all(it.lower() in lexicon().types for it in chunk.words):
                found[-2:] = [joined(name, chunk)]
                continue
        if found and chunk.letter == found[-1].letter == "N":
            found.append(Chunk(",", (), chunk.start, chunk.start))
        found.append(chunk)
    return found


def joined(name: Chunk, type_: Chunk) -> Chunk:
    return replace(
        name,
        type=type_.words[0].lower(),
        end=type_.end,
        inner=(*name.inner, *type_.inner),
        bounds=(*name.bounds, *type_.bounds),
        qualities=(*name.qualities, *type_.qualities),
    )
