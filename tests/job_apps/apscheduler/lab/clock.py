from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from lab.measuring import calibrate, measure, rinse

scheduler = BackgroundScheduler()


@scheduler.scheduled_job("interval", minutes=5)
def report() -> None:
    print("report")


scheduler.add_job(measure, "cron", hour=3, minute="*/10")  # -> lab.measuring.measure
scheduler.add_job(calibrate, CronTrigger(day_of_week="mon", hour=6))  # -> lab.measuring.calibrate
scheduler.add_job(func=rinse, trigger=IntervalTrigger(hours=2))  # -> lab.measuring.rinse
