from flask import abort, jsonify, request
from flask.views import MethodView

_parts = {}


class PartListAPI(MethodView):
    def get(self):
        return jsonify(list(_parts.values()))

    def post(self):
        part = request.get_json()
        _parts[part["sku"]] = part
        return part, 201


class PartAPI(MethodView):
    init_every_request = False

    def get(self, sku):
        return self._find(sku)

    def put(self, sku):
        _parts[sku] = {**request.get_json(), "sku": sku}
        return _parts[sku]

    def delete(self, sku):
        _parts.pop(sku, None)
        return "", 204

    def _find(self, sku):
        if sku not in _parts:
            abort(404, "no part with this number")
        return _parts[sku]
