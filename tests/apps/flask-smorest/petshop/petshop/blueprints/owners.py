from flask_smorest import Blueprint

from ..schemas import PetSchema

blp = Blueprint("owners", __name__, url_prefix="/owners")


@blp.route("/<uuid:owner>/pets", methods=["GET", "POST"])
@blp.response(200, PetSchema(many=True))
def pets_of(owner):
    return []


@blp.delete("/<uuid:owner>")
@blp.response(204)
def leave(owner):
    return None
