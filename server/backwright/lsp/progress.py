"""Progress of a run in the editor, and its Cancel button."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from backwright.lsp.session import Server
from backwright.workers.messages import Stage, Text

_T = TypeVar("_T")

_EVERY = 0.2
"""Seconds between two reports while a model writes."""


_KEPT, _SHOWN = 300, 60
"""Characters of what is being written: to find the last line in, and of that line."""


class Progress:
    """Shown under the client's own token, or under one of ours where the client can show it."""

    def __init__(self, ls: Server, token: types.ProgressToken | None) -> None:
        self._ls = ls
        self._token = token
        self._title = ""
        self._written = 0
        self._tail = ""
        self._reported = 0.0
        self.cancelled = False
        """The person has pressed Cancel."""

    async def during(self, title: str, work: Coroutine[Any, Any, _T]) -> _T:
        """The result of `work`. Raises CancelledError when the person cancels it."""
        task = asyncio.ensure_future(work)
        progress = self._ls.work_done_progress
        try:
            token = await self._begin(title)
            if token is not None:
                progress.tokens[token].add_done_callback(lambda _: self._cancel(task))
            return await task
        finally:
            task.cancel()
            if self._token is not None:
                said = "cancelled, nothing was changed" if task.cancelled() else None
                progress.end(self._token, types.WorkDoneProgressEnd(message=said))
                progress.tokens.pop(self._token, None)

    def hear(self, message: Stage | Text) -> None:
        if isinstance(message, Stage):
            self._title, self._written, self._tail = message.title, 0, ""
            self._report(message.title)
            return
        self._written += len(message.piece)
        self._tail = (self._tail + message.piece)[-_KEPT:]
        if time.monotonic() - self._reported >= _EVERY:
            self._report(f"{self._title}: {self._written} characters · {_last_line(self._tail)}")

    async def _begin(self, title: str) -> types.ProgressToken | None:
        progress = self._ls.work_done_progress
        if self._token is None and self._ls.client.progress:
            token = str(uuid.uuid4())
            with suppress(JsonRpcException):  # a client that shows none of ours
                await progress.create_async(token)
                self._token = token
        if self._token is not None:
            begun = types.WorkDoneProgressBegin(title=title, cancellable=True)
            progress.begin(self._token, begun)
        return self._token

    def _report(self, text: str) -> None:
        if self._token is not None:
            self._reported = time.monotonic()
            progress = self._ls.work_done_progress
            progress.report(self._token, types.WorkDoneProgressReport(message=text))

    def _cancel(self, task: asyncio.Task[_T]) -> None:
        self.cancelled = True
        task.cancel()


def _last_line(text: str) -> str:
    """The end of the last line that says something."""
    lines = [it for it in text.splitlines() if it.strip()]
    return lines[-1].strip()[-_SHOWN:] if lines else ""
