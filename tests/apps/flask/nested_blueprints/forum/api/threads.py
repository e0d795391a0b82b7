from flask import Blueprint, request

threads = Blueprint("threads", __name__)
posts = Blueprint("posts", __name__, url_prefix="/<int:thread_id>/posts")


@threads.get("")
def list_threads(slug):
    return {"board": slug, "threads": []}


@threads.post("")
def start_thread(slug):
    return request.get_json(), 201


@posts.get("/")
def list_posts(slug, thread_id):
    return {"thread": thread_id, "page": request.args.get("page", 1, int)}


@posts.post("/")
def answer(slug, thread_id):
    return {"thread": thread_id}, 201


@posts.delete("/<int:post_id>")
def withdraw(slug, thread_id, post_id):
    return "", 204


threads.register_blueprint(posts)
