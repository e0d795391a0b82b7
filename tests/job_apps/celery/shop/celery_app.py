from datetime import timedelta

from celery import Celery
from celery.schedules import crontab

from shop import queues

app = Celery(
    "shop",
    broker="memory://",
    include=["shop.tasks.mail", "shop.tasks.reports", "shop.tasks.stock"],
)
app.conf.update(
    task_serializer="json",
    task_routes={
        "shop.tasks.reports.*": {"queue": queues.SLOW},
        "stock.*": "warehouse",
    },
)
app.conf.beat_schedule = {
    "nightly totals": {
        "task": "shop.tasks.reports.totals",
        "schedule": crontab(hour=3, minute=30, day_of_week="mon-fri"),
    },
    "recount": {"task": "stock.recount", "schedule": timedelta(minutes=15)},
    "ping": {"task": "shop.tasks.mail.ping", "schedule": 30.0},
}
