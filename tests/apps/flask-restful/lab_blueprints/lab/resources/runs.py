from flask_restful import Resource

from lab.resources.base import Crud


class Runs(Resource):
    def get(self):
        return []


class Run(Crud):
    pass


class Log(Resource):
    def get(self, run, name):
        return name
