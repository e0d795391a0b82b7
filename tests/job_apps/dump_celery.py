"""The tasks that Celery has registered, with the queue its router sends them to."""

from __future__ import annotations

from datetime import timedelta

from celery.schedules import crontab
from dump_common import row, tell

from shop.celery_app import app


def retries(task) -> int:
    if not (getattr(task, "autoretry_for", ()) or "retry" in task.run.__code__.co_names):
        return 0
    given = getattr(task, "retry_kwargs", {}).get("max_retries", task.max_retries)
    return -1 if given is None else given


def backoff(task) -> str:
    if not retries(task):
        return ""
    growing = getattr(task, "retry_backoff", False)
    if growing:
        return "exponential" if growing is True else f"exponential from {growing} s"
    return f"fixed {task.default_retry_delay} s"


def queue(task) -> str:
    given = getattr(task, "queue", None)
    return app.amqp.router.route({"queue": given} if given else {}, task.name)["queue"].name


def text(schedule) -> str:
    if isinstance(schedule, crontab):
        kept = ("minute", "hour", "day_of_month", "month_of_year", "day_of_week")
        return " ".join(str(getattr(schedule, f"_orig_{name}")) for name in kept)
    seconds = schedule.total_seconds() if isinstance(schedule, timedelta) else schedule
    return f"every {seconds:g} s"


app.loader.import_default_modules()
app.finalize()
times = {it["task"]: text(it["schedule"]) for it in app.conf.beat_schedule.values()}
tell(
    row(
        # With `autoretry_for` Celery wraps the body and keeps it under this name.
        getattr(task, "_orig_run", task.run),
        name=name,
        queue=queue(task),
        retries=retries(task),
        backoff=backoff(task),
        schedule=times.get(name, ""),
    )
    for name, task in app.tasks.items()
    if not name.startswith("celery.")
)
