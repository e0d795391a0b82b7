"""The functions that a worker of arq would run."""

from __future__ import annotations

from arq.worker import get_kwargs
from arq.worker import func as as_function
from dump_common import row, tell

from feeds.worker import WorkerSettings

settings = get_kwargs(WorkerSettings)
found: dict[str, dict[str, object]] = {}
for given in settings["functions"]:
    entry = as_function(given)
    raises = "Retry" in entry.coroutine.__code__.co_names
    tries = entry.max_tries or (settings.get("max_tries", 5) if raises else 1)
    found[entry.coroutine.__qualname__] = row(
        entry.coroutine,
        name=entry.name,
        queue=settings["queue_name"],
        retries=tries - 1,
        schedule="",
    )


def text(field) -> str:
    if isinstance(field, set):
        return ",".join(str(it) for it in sorted(field))
    return "*" if field is None else str(field)


for cron in settings["cron_jobs"]:
    kept = found.setdefault(
        cron.coroutine.__qualname__,
        row(
            cron.coroutine,
            name=cron.name.removeprefix("cron:"),
            queue=settings["queue_name"],
            retries=cron.max_tries - 1,
        ),
    )
    fields = (cron.minute, cron.hour, cron.day, cron.month, cron.weekday)
    kept["schedule"] = " ".join(text(it) for it in fields)
tell(found.values())
