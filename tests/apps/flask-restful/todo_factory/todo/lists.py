from flask_restful import Resource, fields, marshal_with, reqparse

from todo.security import token_required

parser = reqparse.RequestParser()
parser.add_argument("title", type=str, required=True, help="a list has a title")
parser.add_argument("colour", type=str, location="json")

list_fields = {"id": fields.Integer, "title": fields.String}


class ListCollection(Resource):
    method_decorators = {"post": [token_required]}

    @marshal_with(list_fields)
    def get(self):
        return []

    def post(self):
        args = parser.parse_args()
        return args, 201


class ListDetail(Resource):
    method_decorators = [token_required]

    def get(self, list_id):
        return {"id": list_id}

    def put(self, list_id):
        return parser.parse_args()

    def delete(self, list_id):
        return "", 204
