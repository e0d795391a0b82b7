from flask import Blueprint, abort, g

from postbox.extensions import limiter
from postbox.security import read_token

admin = Blueprint("admin", __name__, url_prefix="/admin")
limiter.limit("60 per hour")(admin)


@admin.before_request
def require_postmaster():
    g.claims = read_token()
    if g.claims["role"] != "postmaster":
        abort(403)


@admin.get("/stats")
def stats():
    return {"letters": 0}


@admin.post("/carriers/<name>/suspend")
def suspend_carrier(name: str):
    return {"name": name, "suspended": True}
