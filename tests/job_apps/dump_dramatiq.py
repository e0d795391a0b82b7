"""The actors that the broker knows; where they say nothing, what its middleware does."""

from __future__ import annotations

import dramatiq
from dramatiq.middleware import Retries
from dump_common import row, tell

import gallery.actors

broker = dramatiq.get_broker()
default = next(it for it in broker.middleware if isinstance(it, Retries))


def retries(actor) -> int:
    return actor.options.get("max_retries", default.max_retries)


def backoff(actor) -> str:
    pause = actor.options.get("min_backoff", default.min_backoff) / 1000
    return f"exponential from {pause:g} s" if retries(actor) else ""


tell(
    row(
        actor.fn,
        name=actor.actor_name,
        queue=actor.queue_name,
        retries=retries(actor),
        backoff=backoff(actor),
        schedule="",
    )
    for actor in broker.actors.values()
)
