from functools import wraps

from flask import request
from flask_restful import abort


def token_required(view):
    @wraps(view)
    def wrapped(*args, **kwargs):
        if request.headers.get("X-Token") is None:
            abort(401, message="no token")
        return view(*args, **kwargs)

    return wrapped
