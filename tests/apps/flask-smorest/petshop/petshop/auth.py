from functools import wraps

from flask_smorest import abort


def login_required(f):
    @wraps(f)
    def inner(*args, **kwargs):
        if not kwargs:
            abort(401)
        return f(*args, **kwargs)

    return inner
