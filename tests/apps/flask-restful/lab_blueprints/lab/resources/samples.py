from flask import request
from flask_restful import Resource

from .base import Crud


class SamplesApi(Resource):
    def get(self):
        return {"page": request.args.get("page")}

    def post(self):
        return request.get_json(), 201


class SampleApi(Crud):
    def put(self, barcode):
        return request.json["label"]
