from functools import wraps

from flask_restx import Namespace, Resource, abort


def staff_only(f):
    @wraps(f)
    def wrapper(*args, **kwargs):
        if not args:
            abort(403, "staff only")
        return f(*args, **kwargs)

    return wrapper


keepers = Namespace("keepers", decorators=[staff_only])


@keepers.route("")
class Keepers(Resource):
    def get(self):
        return []


@keepers.route("/<int:number>/shifts")
class Shifts(Resource):
    def get(self, number):
        return []

    def post(self, number):
        return {}
