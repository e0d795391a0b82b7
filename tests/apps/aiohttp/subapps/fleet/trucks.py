from aiohttp import web


class Trucks(web.View):
    async def post(self):
        return web.json_response(await self.request.json())


class TruckView(web.View):
    async def get(self):
        return web.json_response({})

    async def put(self):
        return web.json_response({})


async def list_trucks(request):
    return web.json_response([])


async def add_truck(request):
    return web.json_response({})


def make_routes() -> list[web.RouteDef]:
    return [
        web.get("/trucks", list_trucks),
        web.post("/trucks", add_truck),
        *[web.route("DELETE", f"/{kind}/{{key:[a-z]+}}", remove) for kind in KINDS],
    ]


KINDS = ("trucks", "trailers")


async def remove(request):
    return web.Response(status=204)
