from flask import request
from flask_appbuilder import ModelRestApi
from flask_appbuilder.api import BaseApi, expose, protect, safe
from flask_appbuilder.models.sqla.interface import SQLAInterface

from fleet.models import Truck


class Countable:
    @expose("/count", methods=["GET"])
    @protect()
    def count(self):
        return self.response(200, result=0)


class Base(Countable, ModelRestApi):
    pass


class TruckApi(Base):
    resource_name = "truck"
    datamodel = SQLAInterface(Truck)
    include_route_methods = {"get", "get_list", "count", "park"}

    @expose("/<int:pk>/park", methods=["POST"])
    @protect()
    @safe
    def park(self, pk):
        return self.response(200, place=request.json["place"])


class Greeting(BaseApi):
    version = "v2"

    @expose("/hello")
    def hello(self):
        return self.response(200, message=request.args.get("name"))


class Trips(BaseApi):
    route_base = "/internal/trips"

    @expose("/<path:trip>", methods=["PUT", "DELETE"])
    def change(self, trip):
        return self.response(200)
