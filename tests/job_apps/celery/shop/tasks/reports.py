from shop.celery_app import app as celery
from shop.tasks.stock import recount as count_again


@celery.task(bind=True, max_retries=None, default_retry_delay=60)
def totals(self, day: str) -> None:
    try:
        count_again.delay()  # -> stock.recount
    except OSError as fault:
        raise self.retry(exc=fault)


@celery.task(bind=True)
def export(self, day: str) -> None:
    try:
        print("export", day)
    except OSError as fault:
        raise self.retry(exc=fault) from fault


@celery.task(autoretry_for=(OSError,), retry_kwargs={"max_retries": 2})
def archive(day: str) -> None:
    print("archive", day)
