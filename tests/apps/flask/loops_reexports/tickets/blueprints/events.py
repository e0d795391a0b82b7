from flask import Blueprint, request

bp = Blueprint("events", __name__, url_prefix="/events")


@bp.route("/")
def upcoming():
    return {"after": request.args.get("after")}


@bp.route("/<int:event_id>")
def event(event_id):
    return {"id": event_id}


@bp.route("/<int:event_id>/seats/<row>-<int:seat>", methods=["POST", "DELETE"])
def hold_seat(event_id, row, seat):
    return {"event": event_id, "row": row, "seat": seat}
