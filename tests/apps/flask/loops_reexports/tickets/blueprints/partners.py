from flask import Blueprint

affiliates = Blueprint("affiliates", __name__)
promoters = Blueprint("promoters", __name__)


@affiliates.get("/<key>/clicks")
def clicks(key):
    return {"clicks": 0}


@affiliates.post("/")
def join():
    return {"key": "new"}, 201


@promoters.get("/")
def list_promoters():
    return {"promoters": []}


@promoters.get("/<int:promoter_id>/payouts/<int:year>")
def payouts(promoter_id, year):
    return {"promoter": promoter_id, "year": year}
