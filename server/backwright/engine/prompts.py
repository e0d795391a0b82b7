"""Puts the conversation with a model together."""

from __future__ import annotations

from pathlib import Path

from backwright.context.mask import masked
from backwright.context.pack import Pack
from backwright.edits.units import write_reply
from backwright.model.provider import Message
from backwright.recipes.outcome import Draft, Outcome
from backwright.recipes.recipe import Recipe
from backwright.recipes.registry import prompt_of

_FORMAT = Path(__file__).with_name("reply_format.md")


def opening(
    recipe: Recipe, pack: Pack, request: str, inputs: dict[str, str], outcome: Outcome
) -> tuple[Message, ...]:
    """The first messages: how to reply, what to do, what there is, and the templates' own draft."""
    parts = [pack.render()]
    if request:
        parts.append(f"## Request\n{masked(request)}\n")
    if inputs:
        parts.append("## Choices\n" + "".join(f"- {k}: {v}\n" for k, v in inputs.items()))
    if isinstance(outcome, Draft):
        draft = masked(write_reply(outcome.units))
        parts.append(
            f"## Draft\nA draft that passes the checks; adapt it where it falls short.\n\n{draft}"
        )
    system = f"{prompt_of(recipe).strip()}\n\n{_FORMAT.read_text('utf-8').strip()}\n"
    return Message("system", system), Message("user", "\n".join(parts))


def repair(problems: list[str]) -> Message:
    """What is told to a model whose reply does not hold: exactly the failures."""
    listed = "".join(f"- {problem}\n" for problem in problems)
    return Message(
        "user",
        f"The reply can't be used yet:\n{listed}"
        "Reply again with every block, corrected. Change nothing else.",
    )
