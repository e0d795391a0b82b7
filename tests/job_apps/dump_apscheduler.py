"""The jobs that the scheduler would run."""

from __future__ import annotations

from apscheduler.triggers.cron import CronTrigger
from dump_common import row, tell

from lab.clock import scheduler


def text(trigger) -> str:
    if not isinstance(trigger, CronTrigger):
        return f"every {trigger.interval.total_seconds():g} s"
    fields = {it.name: str(it) for it in trigger.fields}
    assert fields["second"] == "0"
    return " ".join(fields[it] for it in ("minute", "hour", "day", "month", "day_of_week"))


tell(
    row(job.func, name=job.func_ref.replace(":", "."), schedule=text(job.trigger))
    for job in scheduler.get_jobs()
)
