from flask import Blueprint

from forum.api.boards import boards
from forum.api.moderation import moderation
from forum.api.search import search

api = Blueprint("api", __name__)
v1 = Blueprint("v1", __name__, url_prefix="/v1")

v1.register_blueprint(boards)
v1.register_blueprint(search, url_prefix="/find")
v1.register_blueprint(moderation, url_prefix="mod")
api.register_blueprint(v1)


@api.get("/")
def versions():
    return {"versions": ["v1"]}
