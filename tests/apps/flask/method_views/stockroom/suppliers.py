from functools import wraps

from flask import abort, request
from flask.views import MethodView


def buyer_required(view):
    @wraps(view)
    def guarded(*args, **kwargs):
        if request.headers.get("X-Role") != "buyer":
            abort(403)
        return view(*args, **kwargs)

    return guarded


class SupplierBase(MethodView):
    decorators = [buyer_required]

    def get(self, id=None):
        return {"id": id}


class SupplierItem(SupplierBase):
    def patch(self, id):
        return {"id": id, **request.get_json()}

    def delete(self, id):
        return "", 204


class SupplierGroup(SupplierBase):
    def post(self):
        return request.get_json(), 201
