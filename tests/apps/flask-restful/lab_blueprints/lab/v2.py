from flask import Blueprint
from flask_restful import Api

from lab.resources import runs

bp = Blueprint("v2", __name__, url_prefix="/api/v2")
api_v2 = Api(bp, prefix="/lab")
add = api_v2.add_resource

for cls, path in (
    (runs.Runs, "/runs"),
    (runs.Run, "/runs/<int:run>"),
    (runs.Log, "/runs/<int:run>/log/<path:name>"),
):
    add(cls, path)
