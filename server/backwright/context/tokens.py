"""How many tokens a text costs, without a tokenizer: vocabularies are downloaded at run time."""

from __future__ import annotations

import math

CHARACTERS_A_TOKEN = 2.8
"""On the safe side for source code in the tokenizers of current models."""


def estimate(text: str) -> int:
    return math.ceil(len(text) / CHARACTERS_A_TOKEN)
