"""The road from a request to a checked change, with a provider that says what a test wants."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from backwright.edits.units import Unit, write_reply
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.engine.result import Result
from backwright.errors import ModelBusy, ModelTooLong, UsageError
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.model.provider import Prompt, Reply, TextListener, Usage
from backwright.settings import ModelSettings, Settings

APP = """from fastapi import FastAPI, HTTPException

app = FastAPI()
ITEMS = {1: "lamp"}


@app.get("/items/{item_id}")
def read_item(item_id: int):
    if item_id not in ITEMS:
        raise HTTPException(404, "no such item")
    return {"id": item_id, "name": ITEMS[item_id]}


@app.delete("/items/{item_id}", status_code=204)
def delete_item(item_id: int):
    ITEMS.pop(item_id, None)
"""
MANIFEST = '[project]\nname = "items"\nversion = "1"\ndependencies = ["fastapi"]\n'

GOOD = '''@app.get("/items/{item_id}")
def read_item(item_id: int):
    """One item."""
    if item_id not in ITEMS:
        raise HTTPException(404, "no such item")
    return {"id": item_id, "name": ITEMS[item_id]}
'''


class Scripted:
    """A provider whose replies are given; it keeps the prompts."""

    name = "scripted"

    def __init__(self, *replies: str | Exception) -> None:
        self.replies = list(replies)
        self.prompts: list[Prompt] = []

    async def complete(self, prompt: Prompt, on_text: TextListener) -> Reply:
        self.prompts.append(prompt)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        on_text(reply)
        return Reply(reply, "scripted", Usage(1, 10, 5))


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "main.py").write_text(APP)
    (folder / "pyproject.toml").write_text(MANIFEST)
    return folder


@pytest.fixture
def engine(project: Path) -> Callable[..., Engine]:
    def make(provider: object) -> Engine:
        workspace = Workspace(project)
        workspace.refresh()
        offline = isinstance(provider, Offline)
        model = ModelSettings() if offline else ModelSettings(base_url="http://127.0.0.1:9/v1")
        return Engine(workspace, Settings(model=model), provider)

    return make


def ask(text: str = "describe this endpoint", recipe: str = "generate") -> Ask:
    return Ask(recipe, "main.py", APP.index("read_item"), text)


def replace_with(text: str) -> str:
    return write_reply([Unit("main.py", "replace", "read_item", text)])


def assert_unchanged(result: Result, project: Path) -> None:
    assert not result.change
    assert result.report.files == []
    assert (project / "main.py").read_text() == APP


async def test_a_good_reply_becomes_a_checked_change(engine: Callable[..., Engine]) -> None:
    result = await engine(Scripted(replace_with(GOOD))).run(ask())
    assert result.exit_status == 0
    assert result.report.status == "planned"
    assert '+    """One item."""' in result.report.diff
    assert {it.status for it in result.report.checks} == {"passed"}
    assert result.report.usage.requests == 1


async def test_failures_go_back_to_the_model_word_for_word(engine: Callable[..., Engine]) -> None:
    broken = GOOD.replace("ITEMS[item_id]}", "ITEM_NAMES[item_id]}")
    provider = Scripted(replace_with(broken), replace_with(GOOD))
    result = await engine(provider).run(ask())
    assert result.exit_status == 0
    assert "undefined name 'ITEM_NAMES'" in provider.prompts[1].messages[-1].text
    assert provider.prompts[1].messages[-2].text == replace_with(broken)
    assert result.report.usage.requests == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("return {", "return {{"), "does not parse"),
        (GOOD.replace("ITEMS[item_id]}", "ITEM_NAMES[item_id]}"), "ITEM_NAMES"),
        (GOOD.replace("/items/{item_id}", "/things/{item_id}"), "GET /items/{item_id} is gone"),
        ("from .store import find\n\n\n" + GOOD.replace("ITEMS[item_id]}", "find()}"), "store"),
        (GOOD.replace('"""One item."""', 'password = "hunter2-hunter2"'), "secret"),
    ],
)
async def test_a_change_that_fails_a_check_is_never_made(
    engine: Callable[..., Engine], project: Path, text: str, said: str
) -> None:
    result = await engine(Scripted(*[replace_with(f"{text}# {n}\n") for n in range(3)])).run(ask())
    assert result.exit_status == 1
    assert said in result.report.summary
    assert_unchanged(result, project)


async def test_repair_has_a_bound(engine: Callable[..., Engine], project: Path) -> None:
    provider = Scripted(*[f"I would rather talk, {n}" for n in range(9)])
    result = await engine(provider).run(ask())
    assert len(provider.prompts) == 3
    assert result.exit_status == 1
    assert_unchanged(result, project)


async def test_a_fault_of_the_endpoint_is_one_line(
    engine: Callable[..., Engine], project: Path
) -> None:
    result = await engine(Scripted(ModelBusy("the endpoint is busy"))).run(ask())
    assert result.exit_status == 3
    assert result.report.summary == "the endpoint is busy"
    assert_unchanged(result, project)


async def test_a_prompt_that_is_too_long_is_tried_once_with_less(
    engine: Callable[..., Engine],
) -> None:
    provider = Scripted(ModelTooLong("too long"), replace_with(GOOD))
    result = await engine(provider).run(ask())
    assert result.exit_status == 0
    first, second = (sum(len(it.text) for it in p.messages) for p in provider.prompts)
    assert second <= first


async def test_a_new_package_goes_into_the_manifest(engine: Callable[..., Engine]) -> None:
    text = "import redis\n\n\n" + GOOD.replace('"""One item."""', "redis.Redis()")
    result = await engine(Scripted(replace_with(text))).run(ask())
    assert result.exit_status == 0
    assert {it.path for it in result.report.files} == {"main.py", "pyproject.toml"}
    assert '+dependencies = ["fastapi", "redis>=5"]' in result.report.diff
    assert result.report.next_steps == ["pip install -e ."]


async def test_a_package_nobody_knows_asks_for_confirmation(engine: Callable[..., Engine]) -> None:
    text = "import fastapi_magic\n\n\n" + GOOD.replace('"""One item."""', "fastapi_magic.go()")
    result = await engine(Scripted(replace_with(text))).run(ask())
    assert result.exit_status == 0
    assert [it.name for it in result.report.checks if it.status == "skipped"] == ["imports"]
    assert result.needs_confirmation


async def test_offline_refuses_what_no_template_serves(engine: Callable[..., Engine]) -> None:
    result = await engine(Offline()).run(ask("rewrite it all in COBOL"))
    assert result.exit_status == 4
    assert result.report.status == "refused"


async def test_refine_continues_the_conversation(engine: Callable[..., Engine]) -> None:
    await engine(Scripted(replace_with(GOOD))).run(ask())
    provider = Scripted(replace_with(GOOD.replace("One item.", "An item.")))
    result = await engine(provider).refine("say An item instead")
    assert result.exit_status == 0
    roles = [it.role for it in provider.prompts[0].messages]
    assert roles == ["system", "user", "assistant", "user"]
    assert provider.prompts[0].messages[-1].text == "say An item instead"


async def test_refine_without_an_earlier_result_says_so(engine: Callable[..., Engine]) -> None:
    with pytest.raises(UsageError, match="run a recipe first"):
        await engine(Offline()).refine("more of it")


async def test_what_is_not_there_is_a_usage_error(engine: Callable[..., Engine]) -> None:
    with pytest.raises(UsageError, match="no-such-recipe"):
        await engine(Offline()).run(Ask("no-such-recipe"))
    with pytest.raises(UsageError, match=r"gone\.py"):
        await engine(Offline()).run(Ask("add-rate-limiting", "gone.py"))


async def test_an_excluded_file_is_sent_to_no_model(
    engine: Callable[..., Engine], project: Path
) -> None:
    (project / ".backwrightignore").write_text("main.py\n")
    provider = Scripted()
    result = await engine(provider).run(ask())
    assert result.exit_status == 4
    assert provider.prompts == []


async def test_what_is_sent_is_deterministic_and_masked(
    engine: Callable[..., Engine], project: Path
) -> None:
    (project / "main.py").write_text(
        APP.replace("ITEMS = {", 'api_key = "sk_live_123abc456"\nITEMS = {')
    )
    shown = engine(Offline()).context(ask())
    assert shown == engine(Offline()).context(ask())
    assert "sk_live_123abc456" not in shown
    assert "main.py:" in shown
