"""Visits are counted by an extension of the house."""

from flask import request


def init_app(app):
    app.before_request(_count)
    app.add_url_rule("/visits/today", "visits_today", today)
    app.add_url_rule("/visits/<date>", "visits_on", on_day, methods=["GET", "POST"])


def _count():
    request.environ["gallery.counted"] = True


def today():
    return {"visits": 0}


def on_day(date):
    return {"date": date}
