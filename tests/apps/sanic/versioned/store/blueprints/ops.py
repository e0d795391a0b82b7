from sanic import Blueprint, text

internal = Blueprint("internal", url_prefix="/internal")


@internal.route("/health")
async def health(request):
    return text("ok")


@internal.middleware("request")
async def only_inside(request):
    if request.ip != "127.0.0.1":
        return text("no", status=403)
