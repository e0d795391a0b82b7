from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute


async def active_alerts(request):
    return JSONResponse([])


async def subscribe(request):
    return JSONResponse({"subscribed": True}, status_code=201)


async def alert_stream(websocket):
    await websocket.accept()
    await websocket.close()


routes = [
    Route("/", active_alerts, methods=["GET"]),
    Route("/subscriptions", subscribe, methods=["POST"]),
    WebSocketRoute("/stream", alert_stream),
]
