from celery import chain, group

from shop import tasks
from shop.tasks import mail
from shop.tasks.stock import reserve


class Orders:
    def place(self, order_id: int) -> int:
        self._tell(order_id)
        return order_id

    def _tell(self, order_id: int) -> None:
        tasks.receipt.apply_async((order_id,), countdown=10)  # -> shop.tasks.mail.send_receipt


def pack(order_id: int) -> None:
    from shop.tasks.reports import export

    steps = chain(
        reserve.s(order_id),  # -> stock.reserve
        mail.send_reminder.si(order_id),  # -> shop.tasks.mail.send_reminder
    )
    steps()
    group(export.s(day) for day in ("mon", "tue"))()  # -> shop.tasks.reports.export
