from starlette.endpoints import WebSocketEndpoint
from starlette.websockets import WebSocket


class Presence(WebSocketEndpoint):
    encoding = "json"

    async def on_receive(self, websocket: WebSocket, data: dict[str, object]) -> None:
        await websocket.send_json({"seen": data})


async def progress_feed(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_json({"listener": websocket.path_params["listener_id"]})
    await websocket.close()
