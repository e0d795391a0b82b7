from flask import Blueprint, g, request

from postbox.extensions import limiter
from postbox.security import issue_token, login_required

auth = Blueprint("auth", __name__)


@auth.post("/login")
@limiter.limit("5 per minute")
def login():
    body = request.get_json()
    return {"token": issue_token(body["name"], body.get("role", "writer"))}


@auth.route("/me")
@login_required
def me():
    return {"name": g.claims["sub"]}
