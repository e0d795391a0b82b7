from collections.abc import Callable
from functools import wraps

import jwt
from flask import abort, current_app, g, request


def issue_token(name: str, role: str = "writer") -> str:
    secret = current_app.config["JWT_SECRET"]
    return jwt.encode({"sub": name, "role": role}, secret, algorithm="HS256")


def read_token() -> dict[str, str]:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        return jwt.decode(token, current_app.config["JWT_SECRET"], algorithms=["HS256"])
    except jwt.InvalidTokenError:
        abort(401)


def login_required(view: Callable) -> Callable:
    @wraps(view)
    def guarded(*args, **kwargs):
        g.claims = read_token()
        return view(*args, **kwargs)

    return guarded


def role_required(role: str) -> Callable[[Callable], Callable]:
    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def guarded(*args, **kwargs):
            if g.claims["role"] != role:
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return decorate
