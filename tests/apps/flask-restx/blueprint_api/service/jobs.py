from flask_restx import Namespace, Resource, reqparse

jobs_ns = Namespace("job", "What runs")


@jobs_ns.route("/")
class Jobs(Resource):
    def get(self):
        parser = reqparse.RequestParser()
        parser.add_argument("state", type=str, location="args")
        return parser.parse_args()


@jobs_ns.route("/<int:job_id>", "/by-name/<name>")
class Job(Resource):
    def get(self, job_id=0, name=""):
        return {}

    def put(self, job_id=0, name=""):
        return {}
