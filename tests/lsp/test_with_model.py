"""Runs with a model: good replies land, and every way to fail leaves the project as it was."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcRequestCancelled

from editor import Document, Editor, session
from fake_endpoint import (
    Answer,
    FakeEndpoint,
    breaks_off,
    fails,
    hangs_up,
    holds,
    refuses,
    replies,
    web_page,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

READ = "def read_item"
REPLY = '''\
```python path=app/items.py replace=read_item
@router.get("/{item_id}")
def read_item(item_id: int) -> dict[str, str]:
    """One item."""
    if item_id not in ITEMS:
        raise HTTPException(404, "no such item")
    return {"name": ITEMS[item_id]}
```
'''


@pytest.fixture(scope="module")
def endpoint() -> FakeEndpoint:
    return FakeEndpoint()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def editor(endpoint: FakeEndpoint) -> AsyncIterator[Editor]:
    environment = {"BACKWRIGHT_BASE_URL": endpoint.base_url, "BACKWRIGHT_API_KEY": "sk-of-tests"}
    with endpoint:
        async with session("vscode_1.139", environment=environment) as running:
            yield running


@pytest_asyncio.fixture(loop_scope="module")
async def document(editor: Editor, project: Path) -> Document:
    return await editor.open(project / "app/items.py")


def asked(document: Document, editor: Editor) -> dict[str, object]:
    """A free request at an endpoint that no recipe knows, so that only the model can answer it."""
    return editor.at("generate", document, READ, request="describe this endpoint in a docstring")


async def test_a_good_reply_lands(
    editor: Editor, endpoint: FakeEndpoint, document: Document
) -> None:
    endpoint.script(replies(REPLY))
    report = await editor.command("backwright.run", asked(document, editor))
    assert report["status"] == "applied"
    assert report["provider"] == "openai"
    assert report["usage"]["requests"] == 1
    assert '"""One item."""' in document.text
    request = endpoint.requests[-1]
    assert request.headers["authorization"] == "Bearer sk-of-tests"
    assert "def read_item" in str(request.body["messages"])


async def test_the_unsaved_text_is_what_the_model_sees(
    editor: Editor, endpoint: FakeEndpoint, document: Document
) -> None:
    editor.type(document, "    if item_id not in", "    # a remark that is not saved\n")
    endpoint.script(replies(REPLY))
    report = await editor.command("backwright.run", asked(document, editor))
    assert report["status"] == "applied"
    assert "a remark that is not saved" in str(endpoint.requests[-1].body["messages"])


FAILURES: dict[str, tuple[Answer, str]] = {
    "nobody listens": (hangs_up(), "can't be reached"),
    "the key is wrong": (fails(401, "bad key"), "key"),
    "a cut stream": (breaks_off("```python path=app/items.py"), ""),
    "a web page": (web_page(), ""),
    "a refusal": (refuses("I would rather not"), "rather not"),
    "prose": (replies("I am afraid I can't do that."), "no block of code"),
    "code that does not parse": (replies(REPLY.replace("return {", "return {{")), "not parse"),
    "too busy for longer than anyone waits": (fails(429, "slow down", retry_after=3600), "429"),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_a_failure_is_one_clear_line_and_changes_nothing(
    editor: Editor, endpoint: FakeEndpoint, project: Path, document: Document, name: str
) -> None:
    answer, said = FAILURES[name]
    endpoint.script(answer)
    on_disk, shown = (project / "app/items.py").read_bytes(), document.text
    report = await editor.command("backwright.run", asked(document, editor))
    assert report["status"] == "failed"
    assert report["files"] == []
    assert said.lower() in report["summary"].lower()
    assert len(editor.messages) == 1
    assert "\n" not in editor.messages[0]
    assert "sk-of-tests" not in str(report)
    assert (editor.edits, document.text) == ([], shown)
    assert (project / "app/items.py").read_bytes() == on_disk


async def test_what_was_typed_meanwhile_is_never_overwritten(
    editor: Editor, endpoint: FakeEndpoint, document: Document
) -> None:
    released = threading.Event()
    endpoint.script(holds(REPLY, released))
    waiting = asyncio.ensure_future(editor.command("backwright.run", asked(document, editor)))
    await served(endpoint, len(endpoint.requests) + 1)
    editor.type(document, "    if item_id not in", "    # typed meanwhile\n")
    typed = document.text
    released.set()
    report = await waiting
    assert report["status"] == "refused"
    assert "app/items.py has changed" in report["summary"]
    assert editor.edits == []
    assert document.text == typed


async def test_the_cancel_button_ends_the_stream(
    editor: Editor, endpoint: FakeEndpoint, document: Document
) -> None:
    endpoint.script(holds("```python", threading.Event()))
    shown = document.text
    waiting = asyncio.ensure_future(editor.command("backwright.run", asked(document, editor)))
    request = await served(endpoint, len(endpoint.requests) + 1)
    (token,) = editor.client.progress_reports
    editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
    report = await asyncio.wait_for(waiting, 5)
    assert report["status"] == "failed"
    assert report["summary"] == "Cancelled: nothing was changed"
    assert editor.messages == ["Backwright: Cancelled: nothing was changed"]
    assert await asyncio.to_thread(endpoint.requests[request].disconnected.wait, 5)
    assert (editor.edits, document.text) == ([], shown)


async def test_a_cancelled_request_ends_the_stream(
    editor: Editor, endpoint: FakeEndpoint, document: Document
) -> None:
    endpoint.script(holds("```python", threading.Event()))
    parameters = types.ExecuteCommandParams("backwright.run", [asked(document, editor)])
    waiting = asyncio.ensure_future(
        editor.client.protocol.send_request_async(
            types.WORKSPACE_EXECUTE_COMMAND, parameters, msg_id="to-be-cancelled"
        )
    )
    request = await served(endpoint, len(endpoint.requests) + 1)
    editor.client.cancel_request(types.CancelParams("to-be-cancelled"))
    with pytest.raises(JsonRpcRequestCancelled):
        await asyncio.wait_for(waiting, 5)
    assert await asyncio.to_thread(endpoint.requests[request].disconnected.wait, 5)
    assert editor.edits == []
    endpoint.script(replies(REPLY))
    report = await editor.command("backwright.run", asked(document, editor))
    assert report["status"] == "applied"


async def test_a_result_can_be_refined(
    editor: Editor, endpoint: FakeEndpoint, document: Document
) -> None:
    endpoint.script(replies(REPLY), replies(REPLY.replace("One item.", "The item with this id.")))
    await editor.command("backwright.run", asked(document, editor))
    report = await editor.command("backwright.refine", {"request": "say which item"})
    assert report["status"] == "applied"
    assert "The item with this id." in document.text
    assert "say which item" in str(endpoint.requests[-1].body["messages"])


async def served(endpoint: FakeEndpoint, count: int) -> int:
    """Waits for the request with this number and gives its index."""
    assert await asyncio.to_thread(endpoint.wait_for_requests, count)
    return count - 1
