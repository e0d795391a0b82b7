from starlette.responses import PlainTextResponse
from starlette.routing import Route


def live(request):
    return PlainTextResponse("ok")


routes = [Route("/live", endpoint=live), Route("/ready", endpoint=live, name="ready")]
