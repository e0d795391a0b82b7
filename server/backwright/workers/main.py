"""The worker process: `python -P -m backwright.workers.main`, started by the server.

It talks on the pipes that it was started with. Those are moved out of the way first, so that
nothing that is run here can write into them, and it ends when the server's end is closed.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from typing import BinaryIO

from backwright.workers.desk import Desk
from backwright.workers.messages import HEAD, FromWorker, ToWorker, framed, to_worker

_GRACE = 3.0
"""Seconds for a run to stop its subprocesses once the pipe has ended."""


def main() -> None:
    level = logging.INFO if os.environ.get("BACKWRIGHT_LOG") else logging.WARNING
    logging.basicConfig(level=level, format="worker: %(levelname)s %(name)s: %(message)s")
    incoming, outgoing = _private_pipes()
    asyncio.run(_serve(incoming, outgoing))
    os._exit(0)  # no thread that still waits for the pipe or a subprocess holds it up


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return incoming, outgoing


async def _serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    inbox: asyncio.Queue[ToWorker | None] = asyncio.Queue()

    def send(message: FromWorker) -> None:
        outgoing.write(framed(message))
        outgoing.flush()

    loop = asyncio.get_running_loop()
    threading.Thread(target=_listen, args=(incoming, inbox, loop), daemon=True).start()
    try:
        await Desk(send, inbox).serve()
    except BrokenPipeError:
        return


def _listen(
    incoming: BinaryIO, inbox: asyncio.Queue[ToWorker | None], loop: asyncio.AbstractEventLoop
) -> None:
    """Reads in a thread of its own, since asyncio can't read such pipes on Windows."""
    while len(head := incoming.read(HEAD.size)) == HEAD.size:
        (length,) = HEAD.unpack(head)
        body = incoming.read(length)
        if len(body) < length:
            break
        loop.call_soon_threadsafe(inbox.put_nowait, to_worker(body))
    threading.Timer(_GRACE, os._exit, (0,)).start()
    loop.call_soon_threadsafe(inbox.put_nowait, None)


if __name__ == "__main__":
    main()
