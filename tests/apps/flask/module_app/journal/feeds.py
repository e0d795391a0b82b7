from flask import Response

from journal import app


@app.get("/feed.xml")
def feed():
    return Response("<rss/>", mimetype="application/rss+xml")


@app.get("/feeds/<path:tags>")
def tag_feed(tags):
    return {"tags": tags.split("/")}
