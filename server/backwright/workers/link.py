"""The server's end of the pipe: starts the worker, and starts another when it dies or is stuck."""

from __future__ import annotations

import asyncio
import itertools
import logging
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import msgspec

from backwright.errors import WorkerError
from backwright.workers.messages import (
    HEAD,
    Answer,
    Answered,
    Cancel,
    Cancelled,
    Failed,
    Finished,
    FromWorker,
    Ping,
    Pong,
    Published,
    Reading,
    Ready,
    Request,
    Stage,
    Text,
    ToWorker,
    framed,
    from_worker,
)

_log = logging.getLogger(__name__)

PROGRAM = (sys.executable, "-P", "-m", "backwright.workers.main")
"""-P, as a project that the editor was started in must not get to replace modules."""
_LIMIT = 20.0
_ELSEWHERE = 6
"""How many times longer it may be silent while it reads no file: a large project is put together
in one go."""
_GRACE = 2.0
_MOST_DEATHS = 5
_WITHIN = 120.0
_MOST_ASKED = 2
"""How many workers a request is given to, as long as none has begun with it."""

Progress = Callable[[Stage | Text], None]


class Keeper(Protocol):
    """Whom the link serves."""

    def state(self) -> Iterable[ToWorker]:
        """All that a new worker must be told."""

    def ready(self, message: Ready) -> None: ...

    def published(self, message: Published) -> None: ...

    def blamed(self, reading: Reading, reason: str) -> None:
        """A worker ended over this file; the next one must not read it."""

    def lost(self, reason: str) -> None:
        """Workers keep dying and none is started any more."""


@dataclass(slots=True)
class _Pending:
    """A request under way; `sent` counts the workers that were asked, `begun` says that one has
    told of its progress."""

    request: Request
    answer: asyncio.Future[Answer]
    progress: Progress
    sent: int = 0
    begun: bool = False


class Link:
    """Keeps one worker running. One that is silent over a file for `limit` seconds is stuck."""

    def __init__(
        self, keeper: Keeper, program: tuple[str, ...] = PROGRAM, limit: float = _LIMIT
    ) -> None:
        self._keeper = keeper
        self._program = program
        self._limit = limit
        self._process: asyncio.subprocess.Process | None = None
        self._up = asyncio.Event()
        self._numbers = itertools.count(1)
        self._pending: dict[int, _Pending] = {}
        self._reading: Reading | None = None
        self._heard = self._pinged = 0.0
        self._unheard = False
        self._lost = ""
        self._stopping = False

    async def keep(self) -> None:
        """Has a worker running until `stop`."""
        deaths: list[float] = []
        while not self._stopping:
            reason = await self._live()
            if self._stopping:
                return
            self._mourn(reason)
            deaths = [*(it for it in deaths if time.monotonic() - it < _WITHIN), time.monotonic()]
            if len(deaths) >= _MOST_DEATHS:
                self._lost = f"{reason}, {len(deaths)} times in a row"
                self._fail(self._lost)
                self._up.set()
                self._keeper.lost(self._lost)
                return

    def send(self, message: ToWorker) -> None:
        """Tells the worker, if there is one: a new one is told the keeper's state."""
        if self._process is None or self._process.stdin is None:
            return
        self._unheard = self._unheard or not isinstance(message, Ping)
        self._process.stdin.write(framed(message))

    async def request(
        self, make: Callable[[int], Request], progress: Progress
    ) -> Finished | Answered | Failed:
        """The worker's answer to the request that `make` makes of a number.

        Cancelling stops the work in the worker too. A worker that is gone before it began is
        replaced by the next one, once; raises WorkerError when one dies over the request.
        """
        await self._up.wait()
        if self._lost:
            raise WorkerError(f"no worker can be kept running: {self._lost}")
        number = next(self._numbers)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        pending = self._pending[number] = _Pending(make(number), answer, progress)
        self._ask(pending)
        try:
            found = await answer
        except asyncio.CancelledError:
            self.send(Cancel(number))
            raise
        finally:
            del self._pending[number]
        if isinstance(found, Cancelled):
            raise WorkerError("the worker gave the request up")
        return found

    async def stop(self) -> None:
        """Ends the worker, by force if it does not end by itself."""
        self._stopping = True
        process = self._process
        if process is None or process.stdin is None:
            return
        process.stdin.close()
        await _end(process)

    def end_now(self) -> None:
        """Ends the worker as a crash would; another one is started."""
        if self._process is not None:
            _kill(self._process)

    def _ask(self, pending: _Pending) -> None:
        pending.sent += 1
        self.send(pending.request)

    # One worker's life

    async def _live(self) -> str:
        """Runs one worker to its end, and says how it ended."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self._program, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
        except OSError as fault:
            return f"the worker can't be started: {fault}"
        self._process = process
        if self._stopping and process.stdin is not None:  # it was asked for while this one started
            process.stdin.close()
            return f"ended with status {await _end(process)}"
        self._reading, self._heard, self._pinged = None, time.monotonic(), 0.0
        for message in self._keeper.state():
            self.send(message)
        for pending in self._pending.values():
            if not pending.answer.done():
                self._ask(pending)
        self._up.set()
        guard = asyncio.ensure_future(self._guard(process))
        try:
            await self._listen(process)
        finally:
            guard.cancel()
            self._up.clear()
            self._process = None
        status = await _end(process)
        stuck = guard.done() and not guard.cancelled()
        return f"the worker {'was stuck' if stuck else f'ended with status {status}'}"

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        stdout = process.stdout
        if stdout is None:
            return
        try:
            while True:
                (length,) = HEAD.unpack(await stdout.readexactly(HEAD.size))
                self._hear(from_worker(await stdout.readexactly(length)))
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        except msgspec.MsgspecError as fault:
            _log.error("the worker said what is no message: %s", fault)

    def _hear(self, message: FromWorker) -> None:
        self._heard = time.monotonic()
        if isinstance(message, Reading):
            self._reading = message if message.path else None
            return
        self._reading = None
        match message:
            case Ready():
                self._keeper.ready(message)
            case Published():
                self._keeper.published(message)
            case Stage() | Text():
                if pending := self._pending.get(message.number):
                    pending.begun = True
                    pending.progress(message)
            case Pong():
                self._pinged, self._unheard = 0.0, False
            case _:
                pending = self._pending.get(message.number)
                if pending is not None and not pending.answer.done():
                    pending.answer.set_result(message)

    async def _guard(self, process: asyncio.subprocess.Process) -> None:
        """Ends the worker when it has work and says nothing; an idle one is left in peace."""
        while True:
            await asyncio.sleep(self._limit / 4)
            now = time.monotonic()
            limit = self._limit if self._reading is not None else self._limit * _ELSEWHERE
            if self._pinged and now - max(self._pinged, self._heard) >= limit:
                _kill(process)
                return
            if not self._pinged and (self._unheard or self._pending):
                self._pinged = now
                self.send(Ping())

    def _mourn(self, reason: str) -> None:
        _log.warning("%s; another one is started", reason)
        if self._reading is not None:
            _log.error("skipping %s: %s while reading it", self._reading.path, reason)
            self._keeper.blamed(self._reading, f"{reason} while reading it")
        self._fail(reason, lambda it: it.begun or it.sent >= _MOST_ASKED)

    def _fail(self, reason: str, which: Callable[[_Pending], bool] = lambda _: True) -> None:
        for pending in self._pending.values():
            if not pending.answer.done() and which(pending):
                fault = WorkerError(f"{reason}; nothing was changed, please try again")
                pending.answer.set_exception(fault)


async def _end(process: asyncio.subprocess.Process) -> int:
    """The status of a worker whose pipe has ended, by force if it does not end by itself."""
    try:
        return await asyncio.wait_for(process.wait(), _GRACE)
    except TimeoutError:
        _kill(process)
        return await process.wait()


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        try:
            process.kill()
        except ProcessLookupError:
            return
