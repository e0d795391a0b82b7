from flask import Blueprint
from flask_restx import Api

from service.jobs import jobs_ns
from service import status

blueprint = Blueprint("api", __name__)
api = Api(blueprint, doc=False)
api.add_namespace(jobs_ns, "/jobs")
status.register(api)
