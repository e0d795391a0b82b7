from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


async def show_window(request: Request) -> Response:
    return JSONResponse({"window": None})


async def set_window(request: Request) -> Response:
    return JSONResponse(await request.json(), status_code=201)


maintenance_app = Starlette(
    routes=[
        Route("/window", show_window),
        Route("/window", set_window, methods=["PUT"]),
    ]
)
