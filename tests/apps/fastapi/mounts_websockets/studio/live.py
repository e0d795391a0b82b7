from fastapi import APIRouter, WebSocket, WebSocketDisconnect

router = APIRouter(tags=["live"])


class Rooms:
    def __init__(self) -> None:
        self.sockets: dict[str, list[WebSocket]] = {}

    async def join(self, room: str, socket: WebSocket) -> None:
        await socket.accept()
        self.sockets.setdefault(room, []).append(socket)

    async def say(self, room: str, text: str) -> None:
        for socket in self.sockets.get(room, []):
            await socket.send_text(text)


rooms = Rooms()


@router.get("/rooms")
async def list_rooms() -> list[str]:
    return sorted(rooms.sockets)


@router.websocket("/rooms/{room}")
async def room_socket(socket: WebSocket, room: str) -> None:
    await rooms.join(room, socket)
    try:
        while True:
            await rooms.say(room, await socket.receive_text())
    except WebSocketDisconnect:
        rooms.sockets[room].remove(socket)


async def clock(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("00:00:00")
    await socket.close()


router.add_api_websocket_route("/clock", clock)
