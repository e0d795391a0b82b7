from flask import Blueprint, abort, g, request

from postbox.extensions import limiter
from postbox.security import login_required, role_required

letters = Blueprint("letters", __name__)

_letters: dict[int, dict[str, str]] = {}


@letters.get("/")
def list_letters():
    return {"letters": list(_letters.values())}


@letters.route("/", methods=["POST"])
@limiter.limit("10/hour;3/minute")
@login_required
def send_letter():
    body = request.get_json()
    if not body.get("to"):
        abort(400, "a letter needs an address")
    number = len(_letters) + 1
    _letters[number] = {"to": body["to"], "from": g.claims["sub"]}
    return {"number": number}, 201


@letters.get("/<int:number>")
@login_required
def read_letter(number: int):
    if number not in _letters:
        abort(404, "no such letter")
    return _letters[number]


@letters.delete("/<int:number>")
@login_required
@role_required("postmaster")
def burn_letter(number: int):
    _letters.pop(number, None)
    return "", 204
