from flask.views import MethodView
from flask_smorest import Blueprint, abort

from petshop.auth import login_required
from petshop.schemas import PetQuery, PetSchema

blp = Blueprint("pets", "pets", url_prefix="/pets", description="Pets of the shop")


@blp.route("/")
class Pets(MethodView):
    @blp.arguments(PetQuery, location="query")
    @blp.response(200, PetSchema(many=True))
    def get(self, args):
        return []

    @login_required
    @blp.arguments(PetSchema)
    @blp.response(201, PetSchema)
    def post(self, new_data):
        return new_data


@blp.route("/<int:pet_id>")
class PetById(MethodView):
    decorators = [login_required]

    @blp.response(200, PetSchema)
    def get(self, pet_id):
        abort(404)

    @blp.response(204)
    def delete(self, pet_id):
        return None


@blp.get("/count")
@blp.response(200)
def count():
    return 0
