"""The link to a worker: what happens when one is stuck, dies, or can't be kept running."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backwright.errors import WorkerError
from backwright.settings import Settings
from backwright.workers.link import Link
from backwright.workers.messages import (
    Answered,
    Buffer,
    Buffers,
    Context,
    Failed,
    Finished,
    Open,
    Published,
    Reading,
    Ready,
    Run,
    Stage,
    ToWorker,
)

STUCK = """
import sys, time
from backwright.workers.messages import HEAD, Open, Published, Reading, Ready, framed, to_worker
from backwright.facts.backend import Backend

def say(message):
    sys.stdout.buffer.write(framed(message))
    sys.stdout.buffer.flush()

say(Ready([]))
while head := sys.stdin.buffer.read(HEAD.size):
    message = to_worker(sys.stdin.buffer.read(HEAD.unpack(head)[0]))
    if isinstance(message, Open):
        say(Reading(message.folder, "good.py"))
        if "bad.py" not in message.avoid:
            say(Reading(message.folder, "bad.py"))
            time.sleep(60)
        say(Published(message.folder, message.revision, Backend()))
"""


@dataclass
class Keeper:
    """Opens one folder, and notes what it is told."""

    folder: Path
    avoid: dict[str, str] = field(default_factory=dict)
    backends: asyncio.Queue[Published] = field(default_factory=asyncio.Queue)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    watched: list[str] = field(default_factory=list)
    starts: int = 0

    def state(self) -> Iterable[ToWorker]:
        self.starts += 1
        yield Open(str(self.folder), self.starts, Settings(), dict(self.avoid))

    def ready(self, message: Ready) -> None:
        self.watched = message.watched

    def published(self, message: Published) -> None:
        self.backends.put_nowait(message)

    def blamed(self, reading: Reading, reason: str) -> None:
        self.avoid[reading.path] = reason

    def lost(self, reason: str) -> None:
        self.gone.set()


@asynccontextmanager
async def kept(link: Link) -> AsyncIterator[Link]:
    keeping = asyncio.ensure_future(link.keep())
    try:
        yield link
    finally:
        await link.stop()
        await keeping


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "main.py").write_text(
        "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/a')\ndef a(): ...\n"
    )
    return folder


async def test_a_worker_that_is_stuck_is_ended_and_the_file_skipped(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = Keeper(project)
    async with kept(Link(keeper, (sys.executable, "-c", STUCK), limit=0.4)):
        await asyncio.wait_for(keeper.backends.get(), 10)
    assert keeper.starts == 2
    assert "bad.py" in keeper.avoid
    assert keeper.avoid["bad.py"] == "the worker was stuck while reading it"
    assert "skipping bad.py" in caplog.text


async def test_a_program_that_is_not_there_is_given_up(project: Path) -> None:
    keeper = Keeper(project)
    async with kept(Link(keeper, (str(project / "no-such-program"),))):
        await asyncio.wait_for(keeper.gone.wait(), 10)


async def test_one_that_talks_nonsense_is_replaced(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = Keeper(project)
    nonsense = "import sys; sys.stdout.buffer.write(bytes([0, 0, 0, 3]) + b'abc')"
    async with kept(Link(keeper, (sys.executable, "-c", nonsense))):
        await asyncio.wait_for(keeper.gone.wait(), 20)
    assert keeper.starts == 5
    assert "no message" in caplog.text


async def test_the_real_worker_skips_what_it_is_told_to(project: Path) -> None:
    keeper = Keeper(project, avoid={"main.py": "the worker was stuck while reading it"})
    async with kept(Link(keeper)):
        published = await asyncio.wait_for(keeper.backends.get(), 10)
    assert published.backend.routes == []
    assert published.backend.skipped == {"main.py": "the worker was stuck while reading it"}
    assert any("package.json" in it for it in keeper.watched)
    assert any(".py" in it for it in keeper.watched)


async def test_a_program_that_always_ends_is_given_up(project: Path) -> None:
    keeper = Keeper(project)
    async with kept(Link(keeper, (sys.executable, "-c", "raise SystemExit(3)"))) as link:
        await asyncio.wait_for(keeper.gone.wait(), 20)
        with pytest.raises(WorkerError, match="status 3, 5 times in a row"):
            await link.request(lambda it: Context(it, str(project), "generate", "main.py", 0), _no)


async def test_buffers_count_and_requests_are_answered_in_order(project: Path) -> None:
    keeper, name = Keeper(project), str(project)
    async with kept(Link(keeper)) as link:
        first = await asyncio.wait_for(keeper.backends.get(), 10)
        assert [it.path for it in first.backend.routes] == ["/a"]
        source = (project / "main.py").read_bytes().replace(b"'/a'", b"'/b'")
        link.send(Buffers(name, 7, [Buffer("main.py", 3, source)]))
        stages: list[str] = []
        run = await link.request(
            lambda it: Run(number=it, folder=name, recipe="no-such-recipe", file="main.py"),
            lambda it: stages.append(it.title) if isinstance(it, Stage) else None,
        )
        assert isinstance(run, Failed)
        assert "no-such-recipe" in run.reason
        assert run.exit_status == 2
        second = await asyncio.wait_for(keeper.backends.get(), 10)
        assert (second.revision, [it.path for it in second.backend.routes]) == (7, ["/b"])
        shown = await link.request(
            lambda it: Context(it, name, "add-rate-limiting", "main.py", source.index(b"@app")),
            _no,
        )
        assert isinstance(shown, Answered)
        assert "'/b'" in shown.text
        link.send(Buffers(name, 8, [], ["main.py"]))
        third = await asyncio.wait_for(keeper.backends.get(), 10)
        assert [it.path for it in third.backend.routes] == ["/a"]


async def test_a_request_that_no_worker_has_begun_goes_to_the_next(project: Path) -> None:
    keeper, name = Keeper(project), str(project)
    async with kept(Link(keeper)) as link:
        await asyncio.wait_for(keeper.backends.get(), 10)
        asking = asyncio.ensure_future(
            link.request(lambda it: Context(it, name, "add-rate-limiting", "main.py", 60), _no)
        )
        await asyncio.sleep(0)
        link.end_now()
        assert not isinstance(await asking, Finished)
    assert keeper.starts == 2


DYING = """
import sys
from backwright.workers.messages import HEAD, Open, Published, Run, Stage, framed, to_worker
from backwright.facts.backend import Backend

def say(message):
    sys.stdout.buffer.write(framed(message))
    sys.stdout.buffer.flush()

while head := sys.stdin.buffer.read(HEAD.size):
    message = to_worker(sys.stdin.buffer.read(HEAD.unpack(head)[0]))
    if isinstance(message, Open):
        say(Published(message.folder, message.revision, Backend()))
    if isinstance(message, Run):
        if message.recipe == "begun":
            say(Stage(message.number, "Reading the project"))
        sys.exit(3)
"""


@pytest.mark.parametrize(("recipe", "workers"), [("begun", 1), ("silent", 2)])
async def test_a_request_over_which_a_worker_dies_fails(
    project: Path, recipe: str, workers: int
) -> None:
    keeper = Keeper(project)
    async with kept(Link(keeper, (sys.executable, "-c", DYING))) as link:
        await asyncio.wait_for(keeper.backends.get(), 10)
        with pytest.raises(WorkerError, match="nothing was changed"):
            await link.request(lambda it: Run(number=it, folder=str(project), recipe=recipe), _no)
        assert keeper.starts == workers


def _no(_: object) -> None:
    return None
