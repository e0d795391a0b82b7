"""Columns and byte offsets: reckoned independently for any text, awkward places by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, Range, TextDocumentContentChangePartial

from backwright.lsp.documents import Documents
from backwright.lsp.drift import Drift
from backwright.lsp.positions import Positions

CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
ENCODINGS = st.sampled_from(list(CODECS))
TEXTS = st.lists(st.sampled_from(["a", "é", "😀", "\n", "\r\n", "\r", "\f", "\u2028", " "])).map(
    "".join
)


@given(TEXTS, ENCODINGS)
def test_every_character_is_found_again(text: str, encoding: str) -> None:
    source = text.encode()
    positions = Positions(source, encoding)
    codec, width = CODECS[encoding]
    line = column = offset = 0
    for number, character in enumerate(text):
        inside_crlf = text[number - 1 : number + 1] == "\r\n"
        if not inside_crlf:
            assert positions.position(offset) == Position(line, column)
            assert positions.offset(Position(line, column)) == offset
        offset += len(character.encode())
        column += len(character.encode(codec)) // width
        if character == "\n" or (character == "\r" and text[number + 1 : number + 2] != "\n"):
            line, column = line + 1, 0
    assert positions.position(offset) == Position(line, column)
    assert positions.offset(Position(line + 1, 0)) == len(source)


@pytest.mark.parametrize(
    ("encoding", "character", "offset"),
    [
        ("utf-16", 99, 7),
        ("utf-16", 2, 1),
        ("utf-16", 3, 5),
        ("utf-8", 3, 1),
        ("utf-32", 2, 5),
    ],
)
def test_a_column_past_the_end_or_inside_a_character(
    encoding: str, character: int, offset: int
) -> None:
    assert Positions("a😀é\nb".encode(), encoding).offset(Position(0, character)) == offset


def test_a_place_in_the_indentation_means_the_code() -> None:
    positions = Positions(b"def f():\n    return 1\n\n  \n", "utf-16")
    assert positions.in_code(Position(1, 0)) == positions.offset(Position(1, 4))
    assert positions.in_code(Position(1, 8)) == positions.offset(Position(1, 8))
    assert positions.in_code(Position(3, 0)) == positions.offset(Position(3, 0))


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9), TEXTS), max_size=4))
def test_incremental_edits_build_the_same_text(
    text: str, edits: list[tuple[int, int, str]]
) -> None:
    documents = Documents()
    document = documents.open("file:///a.py", 1, text)
    assert document is not None
    for version, (at, length, new) in enumerate(edits, start=2):
        start = min(at, len(text))
        end = min(start + length, len(text))
        if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
            continue  # no position lies between the two
        positions = Positions(text.encode(), "utf-16")
        place = Range(
            positions.position(len(text[:start].encode())),
            positions.position(len(text[:end].encode())),
        )
        change = TextDocumentContentChangePartial(place, new)
        document = documents.change("file:///a.py", version, [change])
        text = text[:start] + new + text[end:]
        assert document is not None
        assert document.source == text.encode()


KEPT, TYPED = st.text("ab\n", max_size=30), st.text("xyz", max_size=9)


@given(KEPT.map(str.encode), KEPT.map(str.encode), TYPED.map(str.encode), TYPED.map(str.encode))
def test_places_around_what_was_typed_are_carried_over(
    head: bytes, tail: bytes, old: bytes, new: bytes
) -> None:
    drift = Drift(head + old + tail, head + new + tail)
    for offset in range(len(head)):
        assert drift.to_shown(offset) == offset
    for back in range(len(tail)):
        assert drift.to_shown(len(drift.read) - back) == len(drift.shown) - back
        assert drift.to_read(len(drift.shown) - back) == len(drift.read) - back


@given(st.binary(max_size=30))
def test_nothing_drifts_where_nothing_was_typed(text: bytes) -> None:
    drift = Drift(text, text)
    assert [drift.to_read(it) for it in range(len(text) + 1)] == list(range(len(text) + 1))
