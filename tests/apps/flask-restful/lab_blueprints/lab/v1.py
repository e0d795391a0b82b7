import flask_restful as restful
from flask import Blueprint

from lab.resources.samples import SampleApi, SamplesApi

blueprint = Blueprint("v1", __name__)
api = restful.Api(blueprint)


@api.resource("/ping", "/ping/<string:word>")
class Ping(restful.Resource):
    def get(self, word="pong"):
        return word


api.add_resource(SamplesApi, "/samples/")
api.add_resource(SampleApi, "/samples/<barcode>")
