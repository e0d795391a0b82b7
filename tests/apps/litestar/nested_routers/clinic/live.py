from litestar import WebSocket, websocket


@websocket("/wards/{ward:str}/live")
async def ward_socket(socket: WebSocket, ward: str) -> None:
    await socket.accept()
