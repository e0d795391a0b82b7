"""Map tiles, answered without Starlette's request machinery."""

from starlette.types import Receive, Scope, Send


class TileServer:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"image/png")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
