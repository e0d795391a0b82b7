"""Tokens, and the decorators that ask for one."""

from collections.abc import Callable
from functools import wraps

from flask import abort, current_app, g, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from fieldnotes.extensions import db
from fieldnotes.models import User


def create_token(user: User) -> str:
    return _serializer().dumps(user.id)


def login_required(view: Callable) -> Callable:
    """Sets `g.user`."""

    @wraps(view)
    def wrapped(*args, **kwargs):
        g.user = _user_of_token()
        if g.user is None:
            abort(401, description="A valid token is required")
        return view(*args, **kwargs)

    return wrapped


def role_required(*roles: str) -> Callable[[Callable], Callable]:
    """Sets `g.user`, who must have one of the roles."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        @login_required
        def wrapped(*args, **kwargs):
            if g.user.role not in roles:
                abort(403, description="Your role does not allow this")
            return view(*args, **kwargs)

        return wrapped

    return decorate


def _user_of_token() -> User | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    try:
        user_id = _serializer().loads(token, max_age=current_app.config["TOKEN_MAX_AGE"])
    except BadSignature:
        return None
    return db.session.get(User, user_id)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="access-token")
