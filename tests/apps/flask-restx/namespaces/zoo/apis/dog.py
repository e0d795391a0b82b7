from flask_restx import Namespace, Resource

ns = Namespace("dogs", path="/dogs")


class Dogs(Resource):
    def get(self):
        return []


class Dog(Resource):
    def get(self, name):
        return name

    def delete(self, name):
        return "", 204


ns.add_resource(Dogs, "/", "/all")
ns.add_resource(Dog, "/<string:name>")
