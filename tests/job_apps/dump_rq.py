"""The jobs that RQ makes when the project asks for them, in place of the Redis that would keep
them."""

from __future__ import annotations

from dump_common import row, tell
from rq import Queue

seen: dict[str, dict[str, object]] = {}


def keep(self, job, **_):
    pauses = job.retry_intervals or []
    several = ", ".join(f"{it}" for it in pauses)
    seen.setdefault(
        job.func_name,
        row(
            job.func,
            name=job.func_name,
            queue=job.origin,
            retries=job.retries_left or 0,
            backoff="" if not pauses else f"{'fixed ' if len(pauses) == 1 else ''}{several} s",
            schedule="",
        ),
    )
    return job


Queue.enqueue_job = keep
Queue._enqueue_job = keep
Queue.schedule_job = lambda self, job, when, **_: keep(self, job)

from clinic import jobs
from clinic.web import create_app

jobs.print_letter.delay(1)
client = create_app().test_client()
for path in ("/visits/1/scan", "/visits/1/close"):
    client.post(path)
tell(seen.values())
