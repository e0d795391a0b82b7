import pathlib

from polls.views import index, poll, results, vote, SiteHandler

PROJECT_ROOT = pathlib.Path(__file__).parent


def setup_routes(app):
    app.router.add_get("/", index)
    app.router.add_get("/poll/{question_id}", poll, name="poll")
    app.router.add_get("/poll/{question_id}/results", results, name="results")
    app.router.add_post("/poll/{question_id}/vote", vote, name="vote")
    app.router.add_static("/static/", path=PROJECT_ROOT, name="static")
    site = SiteHandler()
    app.router.add_route("GET", r"/archive/{year:\d{4}}", site.archive)
    app.router.add_route("*", "/echo", site.echo)
    resource = app.router.add_resource(r"/files/{path:.+}")
    resource.add_route("GET", site.read)
    resource.add_route("PUT", site.write)
