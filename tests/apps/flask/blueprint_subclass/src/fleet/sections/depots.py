from fleet.blueprints import DepotBlueprint

depots = DepotBlueprint("depots", __name__)


@depots.get("")
def list_depots():
    return {"depots": []}


@depots.get("/<code>/vehicles")
def vehicles_at(code):
    return {"depot": code}
