from flask_restx import Api, Resource

from .cat import api as cat_api
from .dog import ns as dog_ns
from .keepers import keepers

api = Api(title="Zoo", version="1.0", doc="/docs", prefix="/zoo")

api.add_namespace(cat_api)
api.add_namespace(dog_ns, path="/hounds")
api.add_namespace(keepers)

tickets = api.namespace("tickets", description="Tickets")


@tickets.route("/", endpoint="tickets")
class Tickets(Resource):
    def post(self):
        return {}, 201


@api.route("/hours", "/opening-hours")
class Hours(Resource):
    def get(self):
        return {}
