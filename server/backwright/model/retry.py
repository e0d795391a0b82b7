"""When a failed request is tried again, and after how long."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from backwright.model.faults import Fault


@dataclass(frozen=True, slots=True)
class Retry:
    """Exponential back-off with jitter, unless the endpoint says how long to wait. In seconds."""

    tries: int = 3
    first: float = 1.0
    longest: float = 30.0
    """An endpoint that asks for more than this is given up at once: nobody would wait for it."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    """Between 0 and 1; spreads out clients that failed at the same moment."""

    def wait(self, tried: int, fault: Fault) -> float | None:
        """How long to wait after the try numbered `tried` (from 1), or None to give up."""
        if not fault.transient or tried >= self.tries:
            return None
        if fault.retry_after is not None:
            return fault.retry_after if fault.retry_after <= self.longest else None
        backoff = min(self.first * 2 ** (tried - 1), self.longest)
        return float(backoff * (0.5 + self.jitter() / 2))
