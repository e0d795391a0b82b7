from flask_restx import Api, Resource


class Status(Resource):
    def get(self):
        return "up"


class Metrics(Resource):
    def get(self, name: str):
        return name


def register(api: Api) -> None:
    space = api.namespace("status", path="/")
    space.add_resource(Status, "/status")
    space.add_resource(Metrics, "/metrics/<path:name>")
