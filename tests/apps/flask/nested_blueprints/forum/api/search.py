from flask import Blueprint, request

search = Blueprint("search", __name__, url_prefix="/search")


@search.get("/posts")
def find_posts():
    return {"q": request.args["q"]}


@search.get("/members/<prefix>")
def find_members(prefix):
    return {"prefix": prefix}
