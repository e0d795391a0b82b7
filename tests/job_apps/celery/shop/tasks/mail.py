from celery import shared_task

from shop import queues
from shop.tasks.base import Patient


@shared_task(
    autoretry_for=(ConnectionError,),
    max_retries=5,
    retry_backoff=True,
    queue=queues.URGENT,
)
def send_receipt(order_id: int) -> None:
    print("receipt", order_id)


@shared_task(base=Patient)
def send_reminder(order_id: int) -> None:
    print("reminder", order_id)


@shared_task
def ping() -> None:
    print("ping")


def render(order_id: int) -> str:
    return f"order {order_id}"
