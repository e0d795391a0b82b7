from fleet.blueprints import ApiBlueprint

bp = ApiBlueprint("fuel", __name__, url_prefix="/fuel")


@bp.post("")
def refuel():
    return {"litres": 0}, 201


@bp.get("/cards/<int:card>")
def card(card):
    return {"card": card}
