"""The one broad `except`: a fault in one request never takes the server down."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from lsprotocol.types import MessageType
from pygls.exceptions import JsonRpcException

from backwright.lsp.session import Server

_log = logging.getLogger(__name__)

Handler = Callable[..., Any]


def guarded(handler: Handler) -> Handler:
    """The handler; what it raises is logged, told once, and answered with nothing."""
    if asyncio.iscoroutinefunction(handler):

        @functools.wraps(handler)
        async def guarded_async(ls: Server, params: Any) -> Any:
            with _reported(ls, handler.__qualname__):
                return await handler(ls, params)

        return guarded_async

    @functools.wraps(handler)
    def guarded_sync(ls: Server, params: Any) -> Any:
        with _reported(ls, handler.__qualname__):
            return handler(ls, params)

    return guarded_sync


@contextmanager
def _reported(ls: Server, name: str) -> Iterator[None]:
    try:
        yield
    except JsonRpcException:  # an answer that says what was wrong with the request
        raise
    except Exception as fault:  # noqa: BLE001 - see the module's purpose
        _log.exception("%s failed", name)
        text = f"internal fault in {name}: {type(fault).__name__}: {fault}"
        ls.tell(MessageType.Error, text, once=True)
