"""What the engine asks of a model, and what it gets back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]

TextListener = Callable[[str], None]
"""Called with each piece of text as it arrives."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The whole conversation so far and the reply that the recipe's own templates would give.

    `baseline` is None where the recipe has no template for this project, with the reason in
    `no_baseline`.
    """

    messages: tuple[Message, ...]
    baseline: str | None = None
    no_baseline: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more requests; `estimated` when the endpoint did not say."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.estimated or other.estimated,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    model: str
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Declined:
    """The provider has no answer to give, and why: a refusal, not a fault."""

    reason: str


class Provider(Protocol):
    """One way of getting a reply. Faults are raised as `ModelError`s."""

    @property
    def name(self) -> str: ...

    async def complete(self, prompt: Prompt, on_text: TextListener) -> Reply | Declined:
        """The reply to `prompt`. Cancelling the task stops the work at the endpoint too."""
        ...

    async def models(self) -> list[str]:
        """The models that may be named in the settings; empty where none has to be."""
        ...
