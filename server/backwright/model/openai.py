"""The provider for OpenAI-compatible endpoints: hosted ones, and Ollama, llama.cpp, vLLM and so on.

It speaks what they all speak, streamed chat completions. Streaming is also what makes cancelling
real: an endpoint stops when its stream is closed, but finishes an answer that it sends at once.
The `openai` package takes half a second to import, so that waits for the first request.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
from contextlib import AbstractAsyncContextManager, nullcontext
from json import JSONDecodeError
from typing import TYPE_CHECKING

from backwright.errors import ModelUnreachable, ModelUnusable
from backwright.model.answer import Answer
from backwright.model.endpoint import Endpoint
from backwright.model.faults import Fault, fault_of, is_too_long, malformed, silent
from backwright.model.provider import Prompt, Reply, TextListener
from backwright.model.retry import Retry

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

_log = logging.getLogger(__name__)

_CONNECT_TIMEOUT = 10.0  # seconds
_NO_KEY = "no-key"  # servers without keys ignore it, and the package insists on one


class OpenAICompatible:
    """Keep one instance per endpoint: it serialises the requests to a server on this machine."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        model: str = "",
        timeout: float = 60.0,
        retry: Retry | None = None,
    ) -> None:
        """With no `model` named, the first that the endpoint lists. `timeout` is in seconds and
        counts the silence between two pieces, or before the first.
        """
        self._endpoint = endpoint
        self._model = model
        self._timeout = timeout
        self._retry = retry or Retry()
        self._asks_usage = True
        # llama.cpp's Python server cuts a stream without a word when a second one begins.
        self._turn: AbstractAsyncContextManager[object] = (
            asyncio.Lock() if endpoint.loopback else nullcontext()
        )

    def __repr__(self) -> str:
        return f"OpenAICompatible({self._endpoint.shown!r}, model={self._model!r})"

    @property
    def name(self) -> str:
        return "openai"

    async def complete(self, prompt: Prompt, on_text: TextListener) -> Reply:
        """The reply. Only what failed before its first piece is tried again, so that no listener
        hears a text twice.
        """
        async with self._turn:
            tried = 0
            while True:
                tried += 1
                outcome = await self._try(prompt, on_text)
                if isinstance(outcome, Reply):
                    return outcome
                wait = self._retry.wait(tried, outcome)
                error = outcome.error(self._endpoint, tried)
                if wait is None:
                    raise error
                _log.info("%s; next try in %.1f s", error, wait)
                await self._retry.sleep(wait)

    async def models(self) -> list[str]:
        """Those that the endpoint lists. Raises ModelError."""
        await asyncio.to_thread(importlib.import_module, "openai.resources.chat")
        import openai

        client = self._client()
        if isinstance(client, Fault):
            raise client.error(self._endpoint, 1)
        try:
            async with client, asyncio.timeout(self._timeout):
                return await _listed(client)
        except TimeoutError:
            fault = silent(self._timeout)
        except openai.OpenAIError as error:
            fault = fault_of(error, self._endpoint, began=False)
        except (JSONDecodeError, UnicodeDecodeError):
            fault = malformed()
        raise fault.error(self._endpoint, 1)

    async def _try(self, prompt: Prompt, on_text: TextListener) -> Reply | Fault:
        answer = Answer()
        fault = await self._ask(prompt, answer, on_text)
        if fault is not None and not answer.finish:
            return fault
        return answer.reply(prompt, self._model)  # what breaks after its end is no loss

    async def _ask(self, prompt: Prompt, answer: Answer, on_text: TextListener) -> Fault | None:
        """Has `answer` filled; the fault that ended it early, if any."""
        # In a thread, so that the editor is answered meanwhile.
        await asyncio.to_thread(importlib.import_module, "openai.resources.chat")
        import openai

        client = self._client()
        if isinstance(client, Fault):
            return client
        silence = asyncio.timeout(self._timeout)
        try:
            async with client, silence:
                if fault := await self._find_model(client):
                    return fault
                stream = await self._open(client, prompt)
                async with stream:
                    async for chunk in stream:
                        silence.reschedule(asyncio.get_running_loop().time() + self._timeout)
                        if text := answer.take(chunk):
                            on_text(text)
                        if answer.complete:
                            break
                return None if answer.chunks else _not_a_stream(stream)
        except TimeoutError:
            if not silence.expired():
                raise
            return silent(self._timeout)
        except openai.OpenAIError as error:
            return fault_of(error, self._endpoint, began=answer.began)
        except (JSONDecodeError, UnicodeDecodeError):
            return malformed()

    def _client(self) -> openai.AsyncOpenAI | Fault:
        """A client for one request: its connections belong to the event loop that runs now."""
        import openai

        try:
            return openai.AsyncOpenAI(
                api_key=self._endpoint.api_key or _NO_KEY,
                base_url=self._endpoint.base_url,
                default_headers=self._endpoint.headers,
                default_query=self._endpoint.query,
                max_retries=0,
                timeout=openai.Timeout(None, connect=_CONNECT_TIMEOUT),
                http_client=openai.DefaultAsyncHttpx2Client(
                    # The proxy of the environment can't reach a server on this machine.
                    trust_env=not self._endpoint.loopback,
                    follow_redirects=False,
                ),
            )
        except (ImportError, ValueError):
            return Fault(
                ModelUnreachable,
                "can't be reached through the proxy that the environment names",
                "correct HTTP_PROXY, HTTPS_PROXY or ALL_PROXY, or list the host in NO_PROXY",
            )

    async def _find_model(self, client: openai.AsyncOpenAI) -> Fault | None:
        """Has `_model` set: the first that is listed, leaving out those that only embed."""
        if self._model:
            return None
        names = await _listed(client)
        if not names:
            return Fault(ModelUnusable, "lists no model", "set model.name, and check model.baseUrl")
        self._model = next((name for name in names if "embed" not in name.lower()), names[0])
        return None

    async def _open(
        self, client: openai.AsyncOpenAI, prompt: Prompt
    ) -> openai.AsyncStream[ChatCompletionChunk]:
        """The stream of a reply; without the request for usage where the endpoint rejects that."""
        import openai

        if self._asks_usage:
            try:
                return await self._create(client, prompt, ask_usage=True)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as rejection:
                another = rejection.param and "stream_options" not in rejection.param
                if another or is_too_long(rejection):
                    raise
        stream = await self._create(client, prompt, ask_usage=False)
        self._asks_usage = False
        return stream

    async def _create(
        self, client: openai.AsyncOpenAI, prompt: Prompt, *, ask_usage: bool
    ) -> openai.AsyncStream[ChatCompletionChunk]:
        import openai

        return await client.chat.completions.create(
            model=self._model,
            messages=_messages(prompt),
            stream=True,
            stream_options={"include_usage": True} if ask_usage else openai.omit,
        )


def _messages(prompt: Prompt) -> list[ChatCompletionMessageParam]:
    found: list[ChatCompletionMessageParam] = []
    for message in prompt.messages:
        match message.role:
            case "system":
                found.append({"role": "system", "content": message.text})
            case "user":
                found.append({"role": "user", "content": message.text})
            case "assistant":
                found.append({"role": "assistant", "content": message.text})
    return found


def _not_a_stream(stream: openai.AsyncStream[ChatCompletionChunk]) -> Fault | None:
    """Why nothing could be read: a web page or a whole document instead of a stream."""
    kind = stream.response.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "text/event-stream":
        return None
    return Fault(
        ModelUnusable,
        f"answered with {kind or 'no content type'} instead of a stream of text",
        "check model.baseUrl, which usually ends in /v1",
    )


async def _listed(client: openai.AsyncOpenAI) -> list[str]:
    listed = getattr(await client.models.list(), "data", None) or []
    return [model.id for model in listed if isinstance(getattr(model, "id", None), str)]
