from flask import request
from flask.views import MethodView


class ItemAPI(MethodView):
    def __init__(self, kind):
        self.kind = kind

    def get(self, id):
        return {"kind": self.kind, "id": id}

    def delete(self, id):
        return "", 204


class GroupAPI(MethodView):
    def __init__(self, kind):
        self.kind = kind

    def get(self):
        return {"kind": self.kind, "items": []}

    def post(self):
        return {"kind": self.kind, **request.get_json()}, 201


def register_api(app, name, id_type="int"):
    item = ItemAPI.as_view(f"{name}-item", name)
    group = GroupAPI.as_view(f"{name}-group", name)
    app.add_url_rule(f"/{name}/<{id_type}:id>", view_func=item)
    app.add_url_rule(f"/{name}/", view_func=group)
