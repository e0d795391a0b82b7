from flask import Blueprint
from flask.views import MethodView

counts = Blueprint("counts", __name__)


class Count(MethodView):
    def get(self, shelf=None):
        return {"shelf": shelf}

    def post(self, shelf):
        return {"shelf": shelf}, 201


count_view = Count.as_view("count")
counts.add_url_rule("/", defaults={"shelf": None}, view_func=count_view, methods=["GET"])
counts.add_url_rule("/<shelf>", view_func=count_view)
