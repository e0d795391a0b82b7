"""The worker's work: it keeps the folders as it is told and runs what it is asked for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from backwright.errors import BackwrightError, UsageError
from backwright.index.cache import Cache
from backwright.index.configs import CONFIG_NAMES
from backwright.index.discover import is_source
from backwright.index.workspace import Workspace
from backwright.settings import Settings
from backwright.syntax.language import languages
from backwright.text.snapshot import Snapshot
from backwright.workers.messages import (
    Answer,
    Answered,
    Buffers,
    Cancel,
    Cancelled,
    Changed,
    Close,
    Context,
    Failed,
    FromWorker,
    Models,
    Open,
    Ping,
    Pong,
    Published,
    Reading,
    Ready,
    Refine,
    Request,
    Run,
    Stage,
    Text,
    ToWorker,
)

if TYPE_CHECKING:
    from backwright.engine.engine import Engine
    from backwright.model.provider import Provider

_log = logging.getLogger(__name__)

Send = Callable[[FromWorker], None]


@dataclass(slots=True)
class _Folder:
    """`engine` is made with the first request: what it needs takes a while to load.

    `unresolved` means that facts have changed since `workspace.backend` was made, `news` that the
    server has yet to be told.
    """

    workspace: Workspace
    settings: Settings
    revision: int
    unresolved: bool = False
    news: bool = True
    engine: Engine | None = None


@dataclass(frozen=True, slots=True)
class _Teller:
    """Passes on how a request goes."""

    number: int
    send: Send

    def stage(self, title: str) -> None:
        self.send(Stage(self.number, title))

    def text(self, piece: str) -> None:
        self.send(Text(self.number, piece))


class Desk:
    """Takes messages from `inbox` in order until there is None; requests run side by side."""

    def __init__(self, send: Send, inbox: asyncio.Queue[ToWorker | None]) -> None:
        self._send = send
        self._inbox = inbox
        self._folders: dict[str, _Folder] = {}
        self._running: dict[int, asyncio.Task[Answer]] = {}

    async def serve(self) -> None:
        self._send(Ready(watched_globs()))
        while (message := await self._inbox.get()) is not None:
            with _survived():
                self._handle(message)
            if self._inbox.empty():
                self._publish()
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _handle(self, message: ToWorker) -> None:
        match message:
            case Open():
                self._open(message)
            case Close():
                self._folders.pop(message.folder, None)
            case Buffers():
                self._buffers(message)
            case Changed():
                self._changed(message)
            case Cancel():
                if task := self._running.get(message.number):
                    task.cancel()
            case Ping():
                self._send(Pong())
            case _:
                self._start(message)

    # What is known

    def _open(self, message: Open) -> None:
        if known := self._folders.get(message.folder):
            known.settings, known.engine = message.settings, None
            known.revision, known.news = message.revision, True
            return
        root = Path(message.folder)

        def reading(path: str) -> None:
            self._send(Reading(message.folder, path))

        workspace = Workspace(root, Cache.of(root), reading)
        for path, reason in message.avoid.items():
            workspace.avoid(path, reason)
        folder = _Folder(workspace, message.settings, message.revision)
        self._folders[message.folder] = folder
        self._refresh(folder)

    def _buffers(self, message: Buffers) -> None:
        folder = self._folders[message.folder]
        for buffer in message.put:
            folder.workspace.put_buffer(Snapshot(buffer.path, buffer.source, buffer.version))
        for path in message.drop:
            folder.workspace.drop_buffer(path)
        folder.revision, folder.news, folder.unresolved = message.revision, True, True
        if message.drop:
            self._refresh(folder)

    def _changed(self, message: Changed) -> None:
        folder = self._folders[message.folder]
        folder.revision, folder.news = message.revision, True
        if not message.paths or any(is_source(path) for path in message.paths):
            self._refresh(folder)

    def _refresh(self, folder: _Folder) -> None:
        before = folder.workspace.backend
        folder.news |= folder.workspace.refresh() != before
        folder.unresolved = False

    def _publish(self) -> None:
        for name, folder in self._folders.items():
            if folder.unresolved:
                folder.unresolved = False
                with _survived():
                    folder.workspace.publish()
            if folder.news:
                folder.news = False
                self._send(Published(name, folder.revision, folder.workspace.backend))

    # Requests

    def _start(self, request: Request) -> None:
        task = asyncio.ensure_future(self._answer(request))
        self._running[request.number] = task
        task.add_done_callback(partial(self._ended, request.number))

    def _ended(self, number: int, task: asyncio.Task[Answer]) -> None:
        """Sends the answer; a fault of one request is no end of the worker."""
        del self._running[number]
        answer: Answer
        if task.cancelled():
            answer = Cancelled(number)
        elif (fault := task.exception()) is None:
            answer = task.result()
        elif isinstance(fault, BackwrightError):
            answer = Failed(number, str(fault), fault.exit_status)
        else:
            _log.error("request %s failed", number, exc_info=fault)
            answer = Failed(number, f"internal fault: {type(fault).__name__}: {fault}")
        self._send(answer)

    async def _answer(self, request: Request) -> Answer:
        # Imported here: what is known is published before the rest of the program is loaded.
        from backwright.engine.ask import Ask
        from backwright.workers.outcome import finished

        folder = self._folders.get(request.folder)
        if folder is None:
            raise UsageError(f"{request.folder} is not open any more")
        self._refresh(folder)
        self._publish()
        engine = _engine(folder)
        teller = _Teller(request.number, self._send)
        match request:
            case Context():
                ask = Ask(request.recipe, request.file, request.offset)
                return Answered(request.number, engine.context(ask))
            case Models():
                names = await _provider(folder).models()
                return Answered(request.number, "\n".join(names))
            case Refine():
                result = await engine.refine(request.request, teller)
            case Run():
                ask = Ask(
                    recipe=request.recipe,
                    file=request.file,
                    offset=request.offset,
                    text=request.request,
                    inputs=request.inputs,
                    may_run_tests=request.may_run_tests,
                    scope=request.scope,
                )
                result = await engine.run(ask, teller)
        return finished(request.number, result)


@contextmanager
def _survived() -> Iterator[None]:
    """A fault that one file brings about leaves what was known before, and the worker alive."""
    try:
        yield
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001 - the next text that is typed may well be read again
        _log.exception("the project could not be read")


def _engine(folder: _Folder) -> Engine:
    from backwright.engine.engine import Engine

    if folder.engine is None:
        folder.engine = Engine(folder.workspace, folder.settings, _provider(folder))
    return folder.engine


def _provider(folder: _Folder) -> Provider:
    from backwright.model.choose import provider_for

    return provider_for(folder.settings)


def watched_globs() -> list[str]:
    """The files whose changes can change what is known."""
    suffixes = sorted({it for language in languages().values() for it in language.suffixes})
    return [
        f"**/*{{{','.join(suffixes)}}}",
        f"**/{{{','.join(sorted(CONFIG_NAMES))}}}",
        "**/*.prisma",
        "**/*requirements*.{txt,in}",
        "**/requirements/*.{txt,in}",
    ]
