from arq import Retry, cron, func
from arq.connections import RedisSettings

from feeds.fetching import fetch


async def digest(ctx) -> None:
    print("digest")


async def publish(ctx, name: str) -> None:
    try:
        print("publish", name)
    except OSError as fault:
        raise Retry(defer=ctx["job_try"] * 5) from fault


async def sweep(ctx) -> None:
    print("sweep")


class WorkerSettings:
    redis_settings = RedisSettings(host="localhost")
    queue_name = "feeds"
    functions = [fetch, publish, func(digest, name="make-digest", max_tries=2)]
    cron_jobs = [
        cron(sweep, hour={3, 15}, minute=0),
        cron(digest, weekday="mon", hour=6, minute=30),
    ]
