from flask_restful import Resource


class Crud(Resource):
    model: type | None = None

    def get(self, **key):
        return key

    def delete(self, **key):
        return "", 204
