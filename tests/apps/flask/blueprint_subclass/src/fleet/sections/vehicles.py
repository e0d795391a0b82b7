from flask import request

from fleet.blueprints import ApiBlueprint

bp = ApiBlueprint("vehicles", __name__)


@bp.get("/")
def list_vehicles():
    return {"vehicles": [], "depot": request.args.get("depot")}


@bp.get("/<plate>")
def show_vehicle(plate):
    return {"plate": plate}


@bp.route("/<plate>/mileage", methods=["GET", "POST"])
def mileage(plate):
    return {"plate": plate, "km": 0}
