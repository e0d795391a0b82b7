"""Why a request failed: the errors of the `openai` package and of endpoints, as ModelErrors.

Endpoints agree on little beyond the status. What they say is quoted, on one line and with secrets
masked, and never trusted to be a message of the expected shape.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from email.utils import mktime_tz, parsedate_tz
from typing import TYPE_CHECKING

from backwright.errors import (
    ModelBusy,
    ModelCut,
    ModelDenied,
    ModelError,
    ModelTimeout,
    ModelTooLong,
    ModelUnreachable,
    ModelUnusable,
)
from backwright.model.endpoint import Endpoint

if TYPE_CHECKING:
    import openai

_QUOTED = 200  # characters of what an endpoint says that a message repeats

# What OpenAI, vLLM, llama.cpp, llama-cpp-python, LM Studio, Anthropic's and Google's say.
_TOO_LONG = re.compile(
    r"context[ _](length|window|size)|maximum context|prompt is too long|context (the )?overflow"
    r"|token count.{0,40} exceeds|too many tokens",
    re.IGNORECASE,
)

# The codes and types that stand for a status where a stream, already begun, can't carry one.
_STATUS_OF_EVENT = {
    "invalid_api_key": 401,
    "rate_limit_exceeded": 429,
    "rate_limit_error": 429,
    "server_error": 500,
    "api_error": 500,
    "internal_error": 500,
    "overloaded_error": 503,
    "context_length_exceeded": 400,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one try failed. `what` continues a sentence that begins with the endpoint's URL."""

    kind: type[ModelError]
    what: str
    advice: str
    said: str = ""
    """What the endpoint itself says about it."""
    transient: bool = False
    """Whether the same request may succeed a little later."""
    retry_after: float | None = None
    """The seconds that the endpoint asks to wait."""

    def error(self, endpoint: Endpoint, tries: int = 1) -> ModelError:
        """The error to raise: one line, without a secret even where the endpoint repeats one."""
        said = _shorten(endpoint.masked(self.said))
        quote = f": {said}" if said else ""
        count = f" ({tries} tries)" if tries > 1 else ""
        return self.kind(f"{endpoint.shown} {self.what}{quote}{count}; {self.advice}")


def _shorten(said: str) -> str:
    line = " ".join(said.split())
    return line.rstrip(".;") if len(line) <= _QUOTED else line[:_QUOTED] + "…"


def silent(seconds: float) -> Fault:
    return Fault(
        ModelTimeout, f"sent nothing for {seconds:g} s", "raise model.timeout or use a faster model"
    )


def malformed() -> Fault:
    return Fault(
        ModelUnusable,
        "sent a stream that can't be read",
        "check that model.baseUrl is an OpenAI-compatible endpoint",
    )


def fault_of(error: openai.OpenAIError, endpoint: Endpoint, *, began: bool) -> Fault:
    """The fault behind an error of the `openai` package.

    `began` once part of a reply has come: then it is not transient, whatever the error.
    """
    import openai

    if isinstance(error, openai.APIStatusError):
        return _of_status(error.status_code, error, endpoint)
    if isinstance(error, openai.APIConnectionError):
        return _of_connection(error, began=began)
    if isinstance(error, openai.APIError):
        fault = _of_event(error, endpoint)
        return replace(fault, transient=False) if began else fault
    return Fault(ModelUnusable, "can't be used", "check the settings under model", str(error))


def is_too_long(error: openai.APIError) -> bool:
    return bool(_TOO_LONG.search(f"{error.code} {_said(error)}"))


def _of_status(status: int, error: openai.APIError, endpoint: Endpoint) -> Fault:
    said = _said(error)
    if status in (401, 403):
        return _denied(status, said, endpoint)
    if status == 413 or (status != 429 and is_too_long(error)):  # 429: too many tokens a minute
        return _too_long(said)
    if status in (408, 429) or status >= 500:
        return _busy(status, error)
    if status == 404:
        what = "knows no such model or path (404)"
        advice = "check model.name, and model.baseUrl, which usually ends in /v1"
    elif 300 <= status < 400:
        # Not followed: the headers may hold a key that was meant for this address alone.
        what = f"redirects elsewhere ({status})"
        advice = "set model.baseUrl to the address it redirects to"
    else:
        what = f"rejects the request ({status})"
        advice = "check model.name and that the endpoint serves chat completions"
    return Fault(ModelUnusable, what, advice, said)


def _denied(status: int, said: str, endpoint: Endpoint) -> Fault:
    if not endpoint.api_key:
        advice = "set BACKWRIGHT_API_KEY in the environment"
        return Fault(ModelDenied, f"asks for an API key ({status})", advice)
    return Fault(
        ModelDenied,
        f"refuses the API key ({status})",
        "check BACKWRIGHT_API_KEY, and that the key may use this model",
        said if status == 403 else "",  # some endpoints repeat a part of the key in a 401
    )


def _busy(status: int, error: openai.APIError) -> Fault:
    said = _said(error)
    if error.code == "insufficient_quota":
        what = f"has no quota left for this key ({status})"
        return Fault(ModelBusy, what, "check its billing", said)
    if status == 429:
        what, advice = "is limiting requests (429)", "wait a little and try again"
    else:
        what = f"has failed ({status})"
        advice = "try again later, or look at the endpoint's own log"
    return Fault(ModelBusy, what, advice, said, transient=True, retry_after=_retry_after(error))


def _too_long(said: str) -> Fault:
    return Fault(
        ModelTooLong,
        "has too small a context for this prompt",
        "lower context.budgetTokens or use a model with a larger context",
        said,
    )


def _of_connection(error: openai.APIConnectionError, *, began: bool) -> Fault:
    if began:
        return Fault(ModelCut, "broke off in the middle of the reply", "try again")
    return Fault(
        ModelUnreachable,
        "can't be reached",
        "check that it is running and that model.baseUrl is right",
        _root_of(error),
        transient=True,
    )


def _of_event(error: openai.APIError, endpoint: Endpoint) -> Fault:
    """An error in place of a piece. Once HTTP has said 200, only its code can tell the kind."""
    for code in (str(error.code), str(error.type)):
        status = int(code) if code.isdecimal() else _STATUS_OF_EVENT.get(code, 0)
        if 400 <= status < 600:
            return _of_status(status, error, endpoint)
    said = _said(error)
    if is_too_long(error):
        return _too_long(said)
    return Fault(ModelCut, "broke off with an error", "try again", said)


def _said(error: openai.APIError) -> str:
    """What the endpoint itself says, in whichever of the usual places; nothing for a web page."""
    body = error.body
    if isinstance(body, Mapping):
        for name in ("message", "detail", "error"):
            if isinstance(body.get(name), str):
                return str(body[name])
        return ""
    text = body if isinstance(body, str) else ""
    return "" if text.lstrip().startswith("<") else text


def _retry_after(error: openai.APIError) -> float | None:
    """The header's seconds or date, as seconds from now."""
    response = getattr(error, "response", None)
    value: str | None = response.headers.get("retry-after") if response is not None else None
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        date = parsedate_tz(value)
        if date is None:
            return None
        seconds = mktime_tz(date) - time.time()
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _root_of(error: BaseException) -> str:
    *_, root = _causes(error)
    if isinstance(root, ConnectionRefusedError):
        return "connection refused"
    return str(root) or type(root).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error` and what led to it; of several addresses that were tried, the first one's failure."""
    current: BaseException | None = error
    while current is not None:
        yield current
        if isinstance(current, BaseExceptionGroup):
            current = current.exceptions[0]
        else:
            current = current.__cause__ or current.__context__
