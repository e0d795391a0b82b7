from datetime import date

from flask import Blueprint

bp = Blueprint("timetable", __name__, url_prefix="/timetable")


@bp.route("/")
@bp.route("/<int:year>/<int:week>")
def week_plan(year=None, week=None):
    year, week, _ = (year, week, 1) if year else date.today().isocalendar()
    return {"year": year, "week": week}


@bp.route("/rooms/<room>/", endpoint="room")
def room_plan(room):
    return {"room": room}
