from aiohttp.web import Application, get, view

from fleet import admin
from fleet.trucks import TruckView, Trucks, make_routes

API = "/api/v1"


def make_api() -> Application:
    api = Application()
    api.add_routes(make_routes())
    api.router.add_view("/trucks/{plate}", TruckView)
    api.add_subapp("/admin/", admin.make_app())
    return api


def build() -> Application:
    app = Application()
    app.add_routes([get("/health", health), view(API + "/bulk", Trucks)])
    app.add_subapp(f"{API}/fleet", make_api())
    return app


async def health(request): ...
