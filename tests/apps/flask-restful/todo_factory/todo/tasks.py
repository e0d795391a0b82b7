from flask_restful import Resource, reqparse

from .security import token_required


class Protected(Resource):
    method_decorators = [token_required]


class Tasks(Protected):
    def __init__(self):
        self.reqparse = reqparse.RequestParser()
        self.reqparse.add_argument("text", type=str, required=True, location="json")
        self.reqparse.add_argument("page", type=int, location="args")
        super().__init__()

    def get(self, list_id):
        return self.reqparse.parse_args()

    def post(self, list_id):
        return self.reqparse.parse_args(), 201


class Task(Protected):
    def get(self, task_id):
        return {}

    def patch(self, task_id):
        return {}


class TaskDone(Resource):
    def post(self, task_id):
        return {}
