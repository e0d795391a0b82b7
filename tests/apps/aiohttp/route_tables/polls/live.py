from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/live")
async def live(request: web.Request) -> web.WebSocketResponse:
    return web.WebSocketResponse()


@routes.view("/settings/{key}")
class Settings(web.View):
    async def get(self):
        return web.Response(text=self.request.query.get("lang", ""))

    async def delete(self):
        raise web.HTTPForbidden()


@routes.route("PATCH", "/settings")
async def patch_settings(request):
    return web.Response()
