from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import gallery.actors as actors
from gallery.actors import resize as make_small


async def upload(request: Request) -> Response:
    make_small.send(request.path_params["name"])  # -> resize
    actors.publish.send_with_options(args=("x",), delay=1000)  # -> publish-image
    return Response(status_code=202)


app = Starlette(routes=[Route("/images/{name}", upload, methods=["POST"])])
