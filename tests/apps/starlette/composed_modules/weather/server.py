from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from weather import probes
from weather.sections import alerts, forecasts
from weather.sections.stations import routes as station_routes
from weather.tiles import TileServer

VERSION = "v3"


def build() -> Starlette:
    api = [
        *forecasts.routes,
        *station_routes,
        Mount("/alerts", routes=alerts.routes, name="alerts"),
    ]
    app = Starlette(
        routes=[Mount(f"/{VERSION}", routes=api)] + probes.routes,
    )
    app.mount("/old", Starlette(routes=forecasts.routes))
    app.add_route("/tiles/{zoom:int}/{tile:path}", TileServer())
    app.router.add_route("/robots.txt", robots, methods=["GET"])
    app.routes.append(Route("/cache", drop_cache, methods=["PURGE", "DELETE"]))
    return app


async def robots(request):
    return PlainTextResponse("User-agent: *\nDisallow: /")


async def drop_cache(request):
    return PlainTextResponse("dropped", status_code=202)
