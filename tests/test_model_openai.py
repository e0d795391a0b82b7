"""The provider for OpenAI-compatible endpoints, against an endpoint that behaves in every way."""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate

import pytest

import fake_endpoint as fake
from backwright.errors import (
    ModelBusy,
    ModelCut,
    ModelDenied,
    ModelError,
    ModelTimeout,
    ModelTooLong,
    ModelUnreachable,
    ModelUnusable,
    SettingsError,
)
from backwright.model.choose import provider_for
from backwright.model.endpoint import OPENAI_URL, endpoint_of
from backwright.model.faults import Fault
from backwright.model.offline import Offline
from backwright.model.openai import OpenAICompatible
from backwright.model.provider import Message, Prompt, Reply, Usage
from backwright.model.retry import Retry
from backwright.settings import ModelSettings, Settings
from fake_endpoint import FakeEndpoint, Hold, delta

KEY = "sk-do-not-show-this-0123456789"
HEADER_KEY = "header-secret-9876543210"
PROMPT = Prompt((Message("system", "You write code."), Message("user", "Add a route.")))
PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with FakeEndpoint() as started:
        yield started


@dataclass
class Naps:
    """Stands in for sleeping between tries: notes how long it would have been."""

    taken: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


def client(base_url: str, *, key: str = KEY, model: str = "fake-model", **more) -> OpenAICompatible:
    headers = more.pop("headers", {})
    more.setdefault("retry", Retry(sleep=Naps()))
    return OpenAICompatible(endpoint_of(base_url, key, headers), model=model, **more)


async def ask(provider: OpenAICompatible, prompt: Prompt = PROMPT) -> tuple[Reply, list[str]]:
    heard: list[str] = []
    reply = await provider.complete(prompt, heard.append)
    return reply, heard


def unused_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


# ── good replies ─────────────────────────────────────────────────────────────────────────────────


async def test_a_reply_arrives_in_pieces_and_whole(endpoint):
    text = "```python path=app/items.py\n@router.get('/items')\n```\n"
    endpoint.script(fake.replies(text, usage=(31, 12)))

    reply, heard = await ask(client(endpoint.base_url))

    assert reply == Reply(text, "fake-model", Usage(1, 31, 12))
    assert len(heard) > 1
    assert "".join(heard) == text


async def test_what_is_sent(endpoint):
    await ask(client(endpoint.base_url, headers={"X-Title": "Backwright"}))

    (request,) = endpoint.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.headers["x-title"] == "Backwright"
    assert request.body == {
        "model": "fake-model",
        "messages": [
            {"role": "system", "content": "You write code."},
            {"role": "user", "content": "Add a route."},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
    }


async def test_a_keyless_server_gets_a_placeholder(endpoint, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)  # it was meant for somebody else
    await ask(client(endpoint.base_url, key=""))
    assert KEY not in endpoint.requests[0].headers["authorization"]


async def test_parameters_in_the_base_url_go_with_each_request(endpoint):
    await ask(client(f"{endpoint.base_url}/?api-version=2025-04-01"))
    (request,) = endpoint.requests
    assert (request.path, request.query) == ("/v1/chat/completions", "api-version=2025-04-01")


async def test_reasoning_is_no_part_of_the_reply(endpoint):
    endpoint.script(fake.replies("def add(): ...", reasoning="They want a function. " * 3))
    reply, heard = await ask(client(endpoint.base_url))
    assert reply.text == "".join(heard) == "def add(): ..."


async def test_a_huge_reply_is_whole(endpoint):
    text = "".join(f"line {number}\n" for number in range(20_000))
    endpoint.script(fake.replies(text, piece=400))
    reply, _ = await ask(client(endpoint.base_url))
    assert reply.text == text


async def test_a_reply_without_end_is_stopped(endpoint):
    endpoint.script(fake.Answer(itertools.repeat(fake.sse(delta(content="again " * 10_000)))))
    with pytest.raises(ModelUnusable, match="did not stop"):
        await ask(client(endpoint.base_url))
    assert await asyncio.to_thread(endpoint.requests[0].disconnected.wait, 10)


async def test_a_connection_lost_after_the_end_of_a_reply_is_no_loss(endpoint):
    complete = fake.streams(delta(content="done"), delta(finish="stop"), done=False)
    endpoint.script(fake.Answer(complete.steps, whole=False))
    reply, _ = await ask(client(endpoint.base_url))
    assert reply.text == "done"


# ── usage ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("usage", [None, (0, 0)])
async def test_usage_is_estimated_where_the_endpoint_does_not_say(endpoint, usage):
    endpoint.script(fake.replies("x" * 100, usage=usage))
    reply, _ = await ask(client(endpoint.base_url))
    # "You write code." and "Add a route." are 27 characters: 27 / 2.8 and 100 / 2.8, rounded up
    assert reply.usage == Usage(1, 10, 36, estimated=True)


async def test_usage_may_come_with_the_last_piece(endpoint):
    last = dict(delta(finish="stop"))
    last["usage"] = {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}
    endpoint.script(fake.streams(delta(content="yes"), last))
    reply, _ = await ask(client(endpoint.base_url))
    assert reply.usage == Usage(1, 9, 4)


async def test_an_endpoint_that_rejects_stream_options_is_asked_without(endpoint):
    endpoint.script(fake.unless_asked_for_usage(fake.replies("fine", usage=None)))
    provider = client(endpoint.base_url)

    reply, _ = await ask(provider)
    assert reply.text == "fine"
    assert reply.usage.estimated
    await ask(provider)

    asked = ["stream_options" in request.body for request in endpoint.requests]
    assert asked == [True, False, False]  # it is remembered


# ── the model's name ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (("qwen-7b", "llama-8b"), "qwen-7b"),
        (("text-embedding-nomic", "qwen-7b"), "qwen-7b"),
        (("my-embedded-coder",), "my-embedded-coder"),
    ],
)
async def test_without_a_name_the_first_listed_model_is_used(endpoint, listed, expected):
    endpoint.models = listed
    provider = client(endpoint.base_url, model="")
    reply, _ = await ask(provider)
    await ask(provider)
    assert reply.model == expected
    assert [request.body["model"] for request in endpoint.requests] == [expected, expected]
    assert len(endpoint.lookups) == 1


async def test_no_name_and_no_listed_model(endpoint):
    endpoint.models = ()
    with pytest.raises(ModelUnusable, match=r"lists no model; set model\.name"):
        await ask(client(endpoint.base_url, model=""))


# ── faults ───────────────────────────────────────────────────────────────────────────────────────

FAULTS = {
    "401": (fake.fails(401, f"Incorrect API key: {KEY}"), ModelDenied, "refuses the API key"),
    "403": (fake.fails(403, "not in your country"), ModelDenied, "not in your country"),
    "404": (fake.fails(404, "model 'x' not found"), ModelUnusable, "model 'x' not found"),
    "400": (fake.fails(400, f"bad\n  {KEY}", code="odd"), ModelUnusable, r"\(400\): bad \*\*\*;"),
    "400, of another part": (
        fake.fails(400, "no", param="messages"),
        ModelUnusable,
        r"rejects the request \(400\): no;",
    ),
    "400, at length": (
        fake.fails(400, "x" * 190 + KEY + "y" * 300, param="model"),
        ModelUnusable,
        r"x{190}\*\*\*y{7}…;",
    ),
    "413": (fake.fails(413, "too big"), ModelTooLong, "context"),
    "429": (fake.fails(429, "slow down"), ModelBusy, r"limiting requests \(429\): slow down"),
    "quota": (fake.fails(429, "no credit", code="insufficient_quota"), ModelBusy, "quota"),
    "500": (fake.fails(500, "boom"), ModelBusy, r"has failed \(500\): boom \(3 tries\)"),
    "503 page": (fake.web_page(503), ModelBusy, r"has failed \(503\) \(3 tries\)"),
    "redirect": (fake.fails(307), ModelUnusable, "redirects elsewhere"),
    "too long, by code": (
        fake.fails(400, "no", code="context_length_exceeded"),
        ModelTooLong,
        "too small a context",
    ),
    "too long, vLLM": (
        fake.fails(400, "This model's maximum context length is 2048 tokens."),
        ModelTooLong,
        "context.budgetTokens",
    ),
    "too long, llama.cpp": (
        fake.fails(400, "the request exceeds the available context size"),
        ModelTooLong,
        "larger context",
    ),
    "too long, as a server error": (
        fake.fails(500, "Requested tokens (9000) exceed context window of 2048"),
        ModelTooLong,
        "larger context",
    ),
    "web page": (fake.web_page(), ModelUnusable, r"text/html .* model\.baseUrl"),
    "whole JSON": (
        fake.Answer([b"{}"], headers={"content-type": "application/json"}),
        ModelUnusable,
        "application/json",
    ),
    "nonsense": (fake.Answer([b"data: {{{\n\n"]), ModelUnusable, "can't be read"),
    "not UTF-8": (fake.Answer([b'data: "\xff"\n\n']), ModelUnusable, "can't be read"),
    "wrong shape": (fake.Answer([b'data: {"choices": "none"}\n\n']), ModelCut, "before it was"),
    "bare string": (fake.Answer([b'data: "hello"\n\n']), ModelCut, "before it was complete"),
    "nothing": (fake.streams(), ModelCut, "before it was complete"),
    "empty": (fake.replies(""), ModelUnusable, "empty reply;"),
    "blank": (fake.replies(" \n"), ModelUnusable, "empty reply;"),
    "reasoning only": (fake.replies("", reasoning="Hm."), ModelUnusable, "only its reasoning"),
    "refusal": (fake.refuses("I won't."), ModelUnusable, r"refused to answer: I won't;"),
    "filtered": (fake.replies("A", finish="content_filter"), ModelUnusable, "content filter"),
    "length": (fake.replies("half a", finish="length"), ModelCut, "length limit; ask for less"),
    "no finish": (fake.replies("half a", finish=None), ModelCut, "before it was complete"),
    "drop mid-reply": (fake.breaks_off("half a"), ModelCut, "broke off in the middle"),
    "no answer": (fake.hangs_up(), ModelUnreachable, r"can't be reached: .*\(3 tries\)"),
    "drop before a reply": (fake.breaks_off(), ModelUnreachable, r"can't be reached: .*3 tries"),
    "error event": (fake.reports("it broke", after="half"), ModelCut, "an error: it broke;"),
    "error event, own code": (fake.reports("odd", code=20012), ModelCut, "an error: odd;"),
    "error event, own shape": (
        fake.streams({"error": {"message": ["odd"], "type": 7, "code": [1]}}),
        ModelCut,
        "an error;",
    ),
    "busy event": (fake.reports("queue full", code=429), ModelBusy, r"queue full \(3 tries\)"),
    "busy event, late": (fake.reports("full", code=503, after="half"), ModelBusy, "full; try"),
    "too long, event": (fake.reports("prompt is too long"), ModelTooLong, "too long;"),
    "denied event": (fake.reports("no", code="invalid_api_key"), ModelDenied, "refuses the API"),
}
TRIED_THREE_TIMES = {"429", "500", "503 page", "no answer", "drop before a reply", "busy event"}
ASKED_AGAIN_WITHOUT_USAGE = {"400"}


@pytest.mark.parametrize("case", FAULTS)
async def test_each_fault_is_one_clear_line(endpoint, case):
    answer, kind, expected = FAULTS[case]
    endpoint.script(answer)
    provider = client(endpoint.base_url, headers={"api-key": HEADER_KEY})

    with pytest.raises(ModelError, match=expected) as caught:
        await ask(provider)

    assert type(caught.value) is kind
    line = str(caught.value)
    assert line.startswith(f"{endpoint.base_url} ")
    assert "; " in line  # and what to do
    assert "\n" not in line
    tries = 3 if case in TRIED_THREE_TIMES else 2 if case in ASKED_AGAIN_WITHOUT_USAGE else 1
    assert len(endpoint.requests) == tries
    printed = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert KEY not in printed
    assert HEADER_KEY not in printed


async def test_a_redirect_does_not_take_the_key_elsewhere(endpoint):
    with FakeEndpoint() as elsewhere:
        target = f"{elsewhere.base_url}/chat/completions"
        endpoint.script(fake.Answer(status=307, headers={"location": target}))
        with pytest.raises(ModelUnusable, match="redirects elsewhere"):
            await ask(client(endpoint.base_url, headers={"api-key": HEADER_KEY}))
        assert elsewhere.requests == []


async def test_a_missing_key_is_asked_for(endpoint):
    endpoint.script(fake.fails(401))
    with pytest.raises(ModelDenied, match=r"asks for an API key .*; set BACKWRIGHT_API_KEY"):
        await ask(client(endpoint.base_url, key=""))


async def test_a_refused_connection():
    naps = Naps()
    url = f"http://127.0.0.1:{unused_port()}/v1"
    with pytest.raises(ModelUnreachable, match=r"connection refused \(3 tries\); check that it"):
        await ask(client(url, retry=Retry(sleep=naps)))
    assert len(naps.taken) == 2


async def test_silence_ends_the_wait(endpoint):
    never = threading.Event()
    endpoint.script(fake.streams(delta(content="Let me"), Hold(never)))
    with pytest.raises(ModelTimeout, match=r"sent nothing for 0\.3 s; raise model\.timeout"):
        await ask(client(endpoint.base_url, timeout=0.3))
    assert len(endpoint.requests) == 1
    assert await asyncio.to_thread(endpoint.requests[0].disconnected.wait, 10)


async def test_silence_is_counted_anew_after_each_piece(endpoint, monkeypatch):
    """The clock is moved by hand: 40 s before each of five pieces, of 60 s allowed."""
    loop = asyncio.get_running_loop()
    ahead, real = [0.0], loop.time
    monkeypatch.setattr(loop, "time", lambda: real() + ahead[0])
    gates = [threading.Event() for _ in range(5)]
    steps = [step for gate in gates for step in (delta(content="more "), Hold(gate))]
    endpoint.script(fake.streams(*steps, delta(finish="stop")))
    gone_by = iter(gates)

    def listen(_: str) -> None:
        ahead[0] += 40
        next(gone_by).set()

    reply = await client(endpoint.base_url, timeout=60).complete(PROMPT, listen)
    assert reply.text == "more " * 5
    assert ahead == [200]


# ── trying again ─────────────────────────────────────────────────────────────────────────────────


async def test_retry_after_is_honoured(endpoint):
    naps = Naps()
    endpoint.script(fake.fails(429, retry_after=7), fake.replies("at last"))
    reply, heard = await ask(client(endpoint.base_url, retry=Retry(sleep=naps)))
    assert reply.text == "".join(heard) == "at last"
    assert naps.taken == [7.0]


async def test_retry_after_may_be_a_date(endpoint):
    naps = Naps()
    date = formatdate(time.time() + 20, usegmt=True)
    endpoint.script(fake.fails(503, retry_after=date), fake.replies("at last"))
    await ask(client(endpoint.base_url, retry=Retry(sleep=naps)))
    assert 0 < naps.taken[0] <= 20


async def test_nobody_waits_for_an_hour(endpoint):
    naps = Naps()
    endpoint.script(fake.fails(429, retry_after=3600))
    with pytest.raises(ModelBusy):
        await ask(client(endpoint.base_url, retry=Retry(sleep=naps)))
    assert naps.taken == []
    assert len(endpoint.requests) == 1


async def test_waits_grow_until_the_last_try(endpoint):
    naps = Naps()
    endpoint.script(fake.fails(500))
    retry = Retry(tries=6, first=1, longest=5, sleep=naps, jitter=lambda: 1.0)
    with pytest.raises(ModelBusy, match="6 tries"):
        await ask(client(endpoint.base_url, retry=retry))
    assert naps.taken == [1, 2, 4, 5, 5]
    assert len(endpoint.requests) == 6


@pytest.mark.parametrize(("jitter", "expected"), [(0.0, 1.0), (0.5, 1.5), (1.0, 2.0)])
def test_jitter_takes_up_to_half(jitter, expected):
    fault = Fault(ModelBusy, "is busy", "wait", transient=True)
    assert Retry(jitter=lambda: jitter).wait(2, fault) == expected


async def test_no_listener_hears_a_text_twice(endpoint):
    endpoint.script(fake.breaks_off("half a reply"), fake.replies("a whole one"))
    heard: list[str] = []
    with pytest.raises(ModelCut):
        await client(endpoint.base_url).complete(PROMPT, heard.append)
    assert heard == ["half a reply"]


# ── cancelling ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("before", ["a piece", "the answer"])
async def test_cancelling_stops_the_work_at_the_endpoint(endpoint, before):
    never = threading.Event()
    said = [delta(content="Let me")] if before == "a piece" else []
    endpoint.script(fake.streams(*said, Hold(never)))
    provider = client(endpoint.base_url)
    heard = asyncio.Event()
    task = asyncio.create_task(provider.complete(PROMPT, lambda _: heard.set()))
    assert await asyncio.to_thread(endpoint.wait_for_requests, 1)
    if said:
        await heard.wait()

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(endpoint.requests[0].disconnected.wait, 10)

    endpoint.script(fake.replies("still here"))
    reply, _ = await ask(provider)
    assert reply.text == "still here"


async def test_an_error_of_the_listener_is_its_own(endpoint):
    def listen(_: str) -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        await client(endpoint.base_url).complete(PROMPT, listen)


# ── servers on this machine, proxies ─────────────────────────────────────────────────────────────


async def test_requests_to_a_local_server_take_turns(endpoint):
    gate = threading.Event()
    endpoint.script(fake.holds("first", gate), fake.replies("second"))
    provider = client(endpoint.base_url)
    first = asyncio.create_task(ask(provider))
    assert await asyncio.to_thread(endpoint.wait_for_requests, 1)
    second = asyncio.create_task(ask(provider))

    assert not await asyncio.to_thread(endpoint.wait_for_requests, 2, 0.3)
    gate.set()

    texts = [reply.text for reply, _ in await asyncio.gather(first, second)]
    assert texts == ["first", "second"]
    assert endpoint.most_at_once == 1


async def test_a_proxy_of_the_environment_does_not_apply_to_this_machine(endpoint, monkeypatch):
    for name in PROXIES:
        monkeypatch.setenv(name, f"http://127.0.0.1:{unused_port()}")
    reply, _ = await ask(client(endpoint.base_url))
    assert reply.text == "hello"


async def test_a_proxy_of_the_environment_applies_elsewhere_and_nobody_waits(endpoint, monkeypatch):
    """The fake endpoint is the proxy here, and both requests are held until the other is there."""
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    for name in PROXIES:
        monkeypatch.setenv(name, endpoint.base_url.removesuffix("/v1"))
    gate = threading.Event()
    endpoint.script(fake.holds("hello", gate))
    provider = client("http://model.invalid/v1")
    both = asyncio.gather(ask(provider), ask(provider))
    assert await asyncio.to_thread(endpoint.wait_for_requests, 2)
    gate.set()
    assert [reply.text for reply, _ in await both] == ["hello", "hello"]
    assert endpoint.requests[0].headers["host"] == "model.invalid"


async def test_a_proxy_that_is_none_is_named(monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "nonsense://somewhere")
    with pytest.raises(ModelUnreachable, match=r"proxy .*; correct HTTP_PROXY"):
        await ask(client("http://model.invalid/v1"))


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://localhost:11434/v1", True),
        ("http://LOCALHOST:11434/v1", True),
        ("http://api.localhost/v1", True),
        ("http://127.0.0.1:8080/v1", True),
        ("http://127.8.8.8/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://0.0.0.0:8000/v1", True),
        ("http://192.168.1.4:8000/v1", False),
        ("https://localhost.example/v1", False),
        ("https://api.openai.com/v1", False),
    ],
)
def test_what_runs_on_this_machine(url, loopback):
    assert endpoint_of(url).loopback is loopback


# ── settings and secrets ─────────────────────────────────────────────────────────────────────────


def test_what_an_endpoint_repeats_is_masked():
    url = "https://user:pass-word@host/v1?token=query-secret"
    endpoint = endpoint_of(url, KEY, {"api-key": HEADER_KEY})
    said = f"not {KEY}, {HEADER_KEY}, pass-word or query-secret"
    assert endpoint.masked(said) == "not ***, ***, *** or ***"


def test_nothing_printable_holds_a_secret():
    endpoint = endpoint_of(
        "https://user:pass-word@host:8443/v1/?token=query-secret", KEY, {"api-key": HEADER_KEY}
    )
    assert endpoint.shown == "https://host:8443/v1"
    printed = repr(endpoint) + repr(OpenAICompatible(endpoint, model="m"))
    for secret in (KEY, HEADER_KEY, "pass-word", "query-secret"):
        assert secret not in printed


@pytest.mark.parametrize(
    ("url", "key", "headers"),
    [
        ("localhost:11434/v1", "", {}),
        ("ftp://host/v1", "", {}),
        ("http://", "", {}),
        ("http://host:port/v1", "", {}),
        ("http://[::1/v1", "", {}),
        ("http://host/v1", f"{KEY}\n{KEY}", {}),
        ("http://host/v1", f"{KEY}é", {}),
        ("http://host/v1", "", {"api-key": f"{KEY}\r\nX: y"}),
    ],
)
def test_settings_that_name_no_endpoint(url, key, headers):
    settings = Settings(
        model=ModelSettings(provider="openai", base_url=url, headers=headers), api_key=key
    )
    with pytest.raises(SettingsError) as caught:
        provider_for(settings)
    assert KEY not in str(caught.value)


def test_a_key_may_end_in_a_line_break():
    assert endpoint_of("http://host/v1", f"{KEY}\n").api_key == KEY


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (ModelSettings(), "offline"),
        (ModelSettings(provider="offline", base_url="http://localhost/v1"), "offline"),
        (ModelSettings(base_url="http://localhost/v1"), "openai"),
        (ModelSettings(provider="openai"), "openai"),
    ],
)
def test_which_provider_the_settings_name(model, name):
    assert provider_for(Settings(model=model)).name == name


def test_openai_itself_is_the_endpoint_where_none_is_named():
    provider = provider_for(Settings(model=ModelSettings(provider="openai", name="m")))
    assert repr(provider) == f"OpenAICompatible({OPENAI_URL!r}, model='m')"


async def test_the_settings_reach_the_endpoint(endpoint):
    model = ModelSettings(base_url=endpoint.base_url, name="m", headers={"X-Title": "T"})
    provider = provider_for(Settings(model=model, api_key=KEY))
    reply = await provider.complete(PROMPT, lambda _: None)
    assert isinstance(reply, Reply)
    (request,) = endpoint.requests
    assert request.body["model"] == "m"
    assert request.headers["x-title"] == "T"
    assert request.headers["authorization"] == f"Bearer {KEY}"


async def test_without_a_model_the_templates_answer():
    provider = provider_for(Settings())
    assert isinstance(provider, Offline)
    reply = await provider.complete(Prompt((), baseline="def add(): ..."), lambda _: None)
    assert reply == Reply("def add(): ...", "templates")


@pytest.mark.parametrize("package", ["openai", "httpx2", "pydantic"])
def test_choosing_a_provider_does_not_import(package):
    code = (
        "import sys, backwright.model.choose as choose\n"
        "from backwright.settings import ModelSettings, Settings\n"
        "choose.provider_for(Settings(model=ModelSettings(base_url='http://localhost/v1')))\n"
        f"sys.exit({package!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 0


def test_one_provider_serves_several_event_loops(endpoint):
    provider = client(endpoint.base_url)
    for _ in range(2):
        reply, _ = asyncio.run(ask(provider))
        assert reply.text == "hello"
