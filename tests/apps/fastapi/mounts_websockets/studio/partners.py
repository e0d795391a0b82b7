from fastapi import FastAPI, WebSocket


def create_partner_app() -> FastAPI:
    partner_app = FastAPI(title="Studio for partners", openapi_url=None)

    @partner_app.get("/catalogue")
    def catalogue() -> list[str]:
        return []

    @partner_app.post("/orders", status_code=201)
    def order(title: str) -> dict[str, str]:
        return {"title": title}

    @partner_app.websocket("/events")
    async def events(socket: WebSocket) -> None:
        await socket.accept()
        await socket.close()

    return partner_app
