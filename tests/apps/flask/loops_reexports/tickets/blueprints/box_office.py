from flask import Blueprint

bp = Blueprint("box_office", __name__)


@bp.post("/scan/<code>")
def scan(code):
    return {"code": code, "valid": True}


@bp.get("/shift")
def shift():
    return {"sold": 0}
