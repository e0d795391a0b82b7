from sanic import Sanic
from sanic.response import json

from store.blueprints import api, internal
from store.guards import check_token

app = Sanic("store")
app.config.FALLBACK_ERROR_FORMAT = "json"
app.blueprint(api)
app.blueprint(internal, url_prefix="/ops")
app.register_middleware(check_token, "request")


@app.get("/")
async def home(request):
    return json({})


@app.route("/feedback", methods=["POST", "PUT"], version=2)
async def feedback(request):
    return json({"text": request.json["text"]})


@app.get("/media/<file:path>")
async def media(request, file):
    return json(file)


@app.websocket("/feed/<topic>")
async def feed(request, ws, topic): ...


if __name__ == "__main__":
    app.run()
