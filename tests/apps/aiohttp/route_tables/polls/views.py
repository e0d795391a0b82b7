from aiohttp import web


async def index(request):
    page = request.query.get("page", "1")
    return web.json_response({"page": page})


async def poll(request: web.Request) -> web.Response:
    return web.json_response({"id": request.match_info["question_id"]})


async def results(request):
    return web.Response()


async def vote(request):
    data = await request.json()
    choice = data["choice"]
    return web.json_response({"choice": choice})


class SiteHandler:
    async def archive(self, request):
        return web.Response(text=request.query["month"])

    async def echo(self, request):
        return web.Response()

    async def read(self, request):
        return web.Response()

    async def write(self, request):
        return web.Response()
