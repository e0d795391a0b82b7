from flask import Blueprint, abort, g
from sqlalchemy import select

from fieldnotes.auth import create_token, login_required
from fieldnotes.extensions import db
from fieldnotes.models import User
from fieldnotes.schemas import Credentials, UserCreate, parse_body

bp = Blueprint("auth", __name__)


@bp.post("/register")
def register():
    data = parse_body(UserCreate)
    if _find_user(data.email) is not None:
        abort(409, description="This email address is registered already")
    user = User(email=data.email, name=data.name)
    user.set_password(data.password)
    db.session.add(user)
    db.session.commit()
    return user.to_dict(), 201


@bp.post("/login")
def login():
    data = parse_body(Credentials)
    user = _find_user(data.email)
    if user is None or not user.check_password(data.password):
        abort(401, description="Email address or password is wrong")
    return {"token": create_token(user), "user": user.to_dict()}


@bp.get("/me")
@login_required
def me():
    return g.user.to_dict()


def _find_user(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email))
