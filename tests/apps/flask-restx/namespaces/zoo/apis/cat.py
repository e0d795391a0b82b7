from flask_restx import Namespace, Resource, fields

api = Namespace("cats", description="Cats related operations")

cat = api.model("Cat", {"id": fields.String(required=True), "name": fields.String(required=True)})

paging = api.parser()
paging.add_argument("page", type=int, location="args")
paging.add_argument("q", location="args", required=True)


@api.route("/")
class CatList(Resource):
    @api.doc("list_cats")
    @api.expect(paging)
    @api.marshal_list_with(cat)
    def get(self):
        """List all cats"""
        return []

    @api.expect(cat, validate=True)
    @api.marshal_with(cat, code=201)
    def post(self):
        return api.payload, 201


@api.route("/<id>")
@api.param("id", "The cat identifier")
@api.response(404, "Cat not found")
class Cat(Resource):
    @api.marshal_with(cat)
    def get(self, id):
        api.abort(404)
