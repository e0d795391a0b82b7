from ninja import NinjaAPI
from ninja.security import django_auth

from stalls.api import router as stalls

api = NinjaAPI(title="Market", version="1")
internal = NinjaAPI(urls_namespace="internal", auth=django_auth, docs_url=None)

api.add_router("/stalls/", stalls)
api.add_router("/goods", "stalls.goods.router")


@api.get("/ping")
def ping(request):
    return {"pong": True}


@internal.post("/close")
def close(request):
    return 204, None
