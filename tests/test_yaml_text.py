"""What is written as YAML is read back as it was."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backwright.recipes.infrastructure.yaml_text import Value, yaml_text

_TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\x85\u2028\u2029"
    )
)
_KEYS = st.text(st.sampled_from("abcXYZ_019-./: #${}"), min_size=1)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=4))
def test_it_is_read_back(content: dict[str, Value]) -> None:
    assert yaml.safe_load(yaml_text(content)) == content
    assert yaml.safe_load(yaml_text(content, apart=tuple(content))) == content


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "no", "on", "1.5", "1e3", "0x1f", "4000:4000", "12:30:45", ".5", "~", "null"),
        *("a #b", "#a", "- a", "*.md", "&a", "!a", "%a", "@a", "`a", "'a'", '"a"', "", " a", "a "),
        *("5s", "100ms", "2024-01-02", "${A:?b c}", "a:", "{a}", "[a]", "a, b", "<<", "?", "|"),
        *("=", ">", "a: b", "a:b", "..."),
    ],
)
def test_texts_stay_texts(text: str) -> None:
    assert yaml.safe_load(yaml_text({"a": text, "b": [text]})) == {"a": text, "b": [text]}


def test_lines_are_a_block() -> None:
    assert yaml_text({"run": "a\nb"}) == "run: |\n  a\n  b\n"
