from flask import Blueprint, request

from forum.api.threads import threads

boards = Blueprint("boards", __name__, url_prefix="/boards")
boards.register_blueprint(threads, url_prefix="/<slug>/threads")


@boards.get("/")
def list_boards():
    return {"boards": []}


@boards.post("/")
def open_board():
    return request.get_json(), 201


@boards.get("/<slug>")
def show_board(slug):
    return {"slug": slug}
