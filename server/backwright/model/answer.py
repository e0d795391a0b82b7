"""A reply as it arrives piece by piece, and what to make of it in the end."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from backwright.errors import ModelCut, ModelUnusable
from backwright.model.faults import Fault
from backwright.model.provider import Prompt, Reply, Usage

CHARS_PER_TOKEN = 2.8
"""Of code and prose mixed, a little low so that estimates err towards more tokens."""

_LONGEST = 1_000_000  # characters; no file that a person reviews comes near it, a loop passes it


@dataclass(slots=True)
class Answer:
    """Reads chunks as they are, not as their types promise: endpoints fill them differently."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    reasoning: int = 0
    """The characters that the model thought aloud: paid for, but no part of the reply."""
    refusal: str = ""
    finish: str = ""
    usage: Usage | None = None
    chunks: int = 0

    @property
    def began(self) -> bool:
        return bool(self.parts or self.reasoning or self.refusal)

    @property
    def complete(self) -> bool:
        """Whether nothing more is of interest; usage may come after the last piece of text."""
        return bool(self.finish and self.usage) or self.length > _LONGEST

    def take(self, chunk: object) -> str:
        """Reads one chunk of the stream; gives back the text it brings."""
        self.chunks += 1
        self.usage = _usage_in(chunk) or self.usage
        choices = getattr(chunk, "choices", None)
        if not isinstance(choices, list) or not choices:
            return ""
        self.finish = _text(choices[0], "finish_reason") or self.finish
        delta = getattr(choices[0], "delta", None)
        self.refusal += _text(delta, "refusal")
        self.reasoning += len(_text(delta, "reasoning_content") or _text(delta, "reasoning"))
        text = _text(delta, "content")
        if text:
            self.parts.append(text)
            self.length += len(text)
        return text

    def reply(self, prompt: Prompt, model: str) -> Reply | Fault:
        """The whole reply, or why what came is not one."""
        if fault := self._fault():
            return fault
        text = "".join(self.parts)
        return Reply(text, model, self.usage or self._estimate(prompt))

    def _fault(self) -> Fault | None:
        if self.refusal or self.finish == "content_filter":
            said = self.refusal or "its content filter"
            return Fault(ModelUnusable, "refused to answer", "word the request differently", said)
        if self.length > _LONGEST:
            return Fault(
                ModelUnusable, f"did not stop after {_LONGEST} characters", "use another model"
            )
        if self.finish == "length":
            return Fault(
                ModelCut,
                "cut the reply off at the model's length limit",
                "ask for less at once, or let the endpoint write longer replies",
            )
        if not self.finish or self.finish == "error":
            return Fault(ModelCut, "ended the reply before it was complete", "try again")
        if not "".join(self.parts).strip():
            thought = ", only its reasoning" if self.reasoning else ""
            return Fault(
                ModelUnusable, f"sent an empty reply{thought}", "try again or use another model"
            )
        return None

    def _estimate(self, prompt: Prompt) -> Usage:
        asked = sum(len(message.text) for message in prompt.messages)
        return Usage(1, _tokens(asked), _tokens(self.length + self.reasoning), estimated=True)


def _tokens(characters: int) -> int:
    return math.ceil(characters / CHARS_PER_TOKEN)


def _usage_in(chunk: object) -> Usage | None:
    usage = getattr(chunk, "usage", None)
    prompt = getattr(usage, "prompt_tokens", None)
    completion = getattr(usage, "completion_tokens", None)
    if not isinstance(prompt, int) or not isinstance(completion, int) or not prompt:
        return None  # zeros are what servers that don't count send
    return Usage(1, prompt, completion)


def _text(holder: object, name: str) -> str:
    value = getattr(holder, name, None)
    return value if isinstance(value, str) else ""
