from flask import Blueprint

bp = Blueprint("drivers", __name__)


@bp.get("/<int:driver_id>/hours")
def hours(driver_id):
    return {"driver": driver_id, "hours": 0}


@bp.put("/<int:driver_id>/licence")
def update_licence(driver_id):
    return {"driver": driver_id}
