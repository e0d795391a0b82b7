"""The provider without a model: it answers with what the recipe's templates made."""

from __future__ import annotations

from dataclasses import dataclass

from backwright.model.provider import Declined, Prompt, Reply, TextListener


@dataclass(frozen=True, slots=True)
class Offline:
    name: str = "offline"

    async def complete(self, prompt: Prompt, on_text: TextListener) -> Reply | Declined:
        if prompt.baseline is None:
            return Declined(prompt.no_baseline)
        on_text(prompt.baseline)
        return Reply(prompt.baseline, model="templates")

    async def models(self) -> list[str]:
        return []
