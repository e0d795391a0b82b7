from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount, Route, Router, WebSocketRoute

from podcasts.episodes import EpisodeDetail, Episodes, stream_episode
from podcasts.listeners import Presence, progress_feed


async def home(request: Request) -> PlainTextResponse:
    return PlainTextResponse("podcasts")


def list_shows(request: Request) -> JSONResponse:
    return JSONResponse([])


async def create_show(request: Request) -> JSONResponse:
    return JSONResponse(await request.json(), status_code=201)


async def show_detail(request: Request) -> JSONResponse:
    return JSONResponse({"slug": request.path_params["slug"]})


episode_routes = [
    Route("/", Episodes),
    Route("/{number:int}", EpisodeDetail),
    Route("/{number:int}/audio/{file:path}", stream_episode, methods=["GET", "HEAD"]),
]

shows = Router(
    routes=[
        Route("/", list_shows),
        Route("/", create_show, methods=["POST"]),
        Route("/{slug}", show_detail),
        Mount("/{slug}/episodes", routes=episode_routes),
    ]
)

routes = [
    Route("/", home, name="home"),
    Mount("/shows", app=shows),
    Mount(
        "/listeners",
        routes=[
            WebSocketRoute("/presence", Presence),
            WebSocketRoute("/{listener_id:int}/progress", progress_feed),
        ],
        middleware=[Middleware(GZipMiddleware)],
    ),
]

app = Starlette(routes=routes)
