"""An OpenAI-compatible endpoint on this machine that answers as a test tells it to.

    with FakeEndpoint() as endpoint:
        endpoint.script(fails(429, retry_after=2), replies("def add(): ..."))
        ...  # the code under test talks to endpoint.base_url
        assert endpoint.requests[0].body["model"] == "fake-model"

Each chat request takes the next answer of the script, and the last one is given from then on. An
answer can also be a function of the request. Nothing waits by the clock: a stream is held by an
event, and a client that goes away is noticed at once.
"""

from __future__ import annotations

import json
import select
import socket
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

_PATIENCE = 10.0  # seconds after which something that a test waits for counts as never coming


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in. Header names are in lower case."""

    path: str
    query: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    disconnected: threading.Event = field(default_factory=threading.Event)
    """Set once the client has gone away before the end of the answer."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Nothing is sent until the event is set."""

    until: threading.Event


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes over the wire. Each piece of bytes is sent at once."""

    steps: Iterable[bytes | Hold] = ()
    status: int = 200
    headers: Mapping[str, str] = field(
        default_factory=lambda: {"content-type": "text/event-stream"}
    )
    whole: bool = True
    """Whether the body is ended as HTTP demands; if not, the connection just closes."""


Script = Answer | Callable[[Request], Answer]
Event = Mapping[str, Any]

# ── the answers ──────────────────────────────────────────────────────────────────────────────────


def replies(
    text: str,
    *,
    finish: str | None = "stop",
    reasoning: str = "",
    usage: tuple[int, int] | None = (7, 3),
    piece: int = 20,
) -> Answer:
    """A good reply in pieces of `piece` characters; `usage` is prompt and completion tokens."""
    events = [delta(role="assistant", content="")]
    if reasoning:
        events.append(delta(reasoning_content=reasoning))
    events += [delta(content=text[at : at + piece]) for at in range(0, len(text), piece)]
    if finish:
        events.append(delta(finish=finish))
    if usage:
        counted = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
        events.append({"choices": [], "usage": counted | {"total_tokens": sum(usage)}})
    return streams(*events)


def streams(*events: Event | Hold, done: bool = True) -> Answer:
    """Any events, in the order given."""
    steps = [event if isinstance(event, Hold) else sse(event) for event in events]
    return Answer([*steps, b"data: [DONE]\n\n"] if done else steps)


def delta(*, finish: str | None = None, **parts: str) -> Event:
    """One chunk of a reply, such as `delta(content="def")`."""
    return {"choices": [{"index": 0, "delta": parts, "finish_reason": finish}]}


def sse(event: Event) -> bytes:
    envelope = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1}
    return (
        b"data: " + json.dumps(envelope | {"model": "fake-model"} | dict(event)).encode() + b"\n\n"
    )


def holds(text: str, until: threading.Event) -> Answer:
    """Says `text`, then nothing before `until` is set, then the end of the reply."""
    return streams(delta(content=text), Hold(until), delta(finish="stop"))


def breaks_off(text: str = "") -> Answer:
    """The connection drops after `text`."""
    return Answer([sse(delta(content=text))] if text else [], whole=False)


def hangs_up() -> Answer:
    """The connection closes without any answer."""
    return Answer(status=0)


def refuses(reason: str) -> Answer:
    return streams(delta(refusal=reason), delta(finish="stop"))


def reports(message: str, *, code: str | int | None = None, after: str = "") -> Answer:
    """An error inside the stream, after `after`."""
    said = [delta(content=after)] if after else []
    return streams(*said, {"error": {"message": message, "code": code}}, done=False)


def fails(
    status: int,
    message: str = "it failed",
    *,
    code: str | None = None,
    param: str | None = None,
    retry_after: int | str | None = None,
) -> Answer:
    """An error status with OpenAI's body."""
    headers = {"content-type": "application/json"}
    if retry_after is not None:
        headers["retry-after"] = str(retry_after)
    body = {"error": {"message": message, "type": "error", "param": param, "code": code}}
    return Answer([json.dumps(body).encode()], status, headers)


def web_page(status: int = 200) -> Answer:
    """What answers where the base URL is wrong."""
    page = b"<!DOCTYPE html>\n<html><body>data: Welcome</body></html>\n"
    return Answer([page], status, {"content-type": "text/html; charset=utf-8"})


def unless_asked_for_usage(answer: Answer) -> Script:
    """`answer`, from an endpoint that rejects `stream_options`."""

    def decide(request: Request) -> Answer:
        if "stream_options" in request.body:
            return fails(400, "Unrecognized request argument supplied: stream_options")
        return answer

    return decide


# ── the endpoint ─────────────────────────────────────────────────────────────────────────────────


class FakeEndpoint:
    """Runs in threads of its own between `start` and `stop`, or inside a `with`."""

    def __init__(self, models: Sequence[str] = ("fake-model",)) -> None:
        self.models = models
        self.requests: list[Request] = []
        """The chat requests, oldest first."""
        self.lookups: list[Request] = []
        """The requests for the list of models."""
        self.most_at_once = 0
        """The most chat requests that were being answered at one moment."""
        self._script: list[Script] = [replies("hello")]
        self._at_once = 0
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.endpoint = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def start(self) -> FakeEndpoint:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> FakeEndpoint:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def script(self, *answers: Script) -> None:
        """What the chat requests from now on are answered with; the last answer is repeated."""
        with self._changed:
            self._script = list(answers)

    def wait_for_requests(self, count: int, patience: float = _PATIENCE) -> bool:
        """Blocks until `count` chat requests have come in all; False if they don't come."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.requests) >= count, patience)

    # ── called by the server's threads ──

    def take(self, request: Request) -> Answer:
        with self._changed:
            self.requests.append(request)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            answer = self._script[0] if len(self._script) == 1 else self._script.pop(0)
            self._changed.notify_all()
        return answer(request) if callable(answer) else answer

    def done(self) -> None:
        with self._changed:
            self._at_once -= 1

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    endpoint: FakeEndpoint


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        request = self._request({})
        self.server.endpoint.lookups.append(request)
        if request.path.endswith("/models"):
            entries = [{"id": name, "object": "model"} for name in self.server.endpoint.models]
            body = json.dumps({"object": "list", "data": entries}).encode()
            self._send(Answer([body], headers={"content-type": "application/json"}), request)
        else:
            self._send(fails(404, "no such path"), request)

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        request = self._request(json.loads(self.rfile.read(length)))
        if not request.path.endswith("/chat/completions"):
            self._send(fails(404, "no such path"), request)
            return
        answer = self.server.endpoint.take(request)
        try:
            self._send(answer, request)
        finally:
            self.server.endpoint.done()

    def _request(self, body: Mapping[str, Any]) -> Request:
        headers = {name.lower(): value for name, value in self.headers.items()}
        url = urlsplit(self.path)  # a whole URL where this endpoint plays a proxy
        return Request(url.path, url.query, headers, body)

    def _send(self, answer: Answer, request: Request) -> None:
        self.close_connection = True
        if not answer.status:
            return
        try:
            self._send_head(answer)
            for step in answer.steps:
                if isinstance(step, Hold):
                    self._hold(step)
                else:
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(step), step))
            if answer.whole:
                self.wfile.write(b"0\r\n\r\n")
        except ConnectionError:
            request.disconnected.set()

    def _send_head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("transfer-encoding", "chunked")
        self.send_header("connection", "close")
        self.end_headers()

    def _hold(self, step: Hold) -> None:
        while not step.until.wait(0.01):
            if self.server.endpoint.stopping or self._client_is_gone():
                raise ConnectionAbortedError

    def _client_is_gone(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

    def log_message(self, *_: object) -> None:
        """Quiet: a test's output is its own."""
