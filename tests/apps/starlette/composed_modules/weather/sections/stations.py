from starlette.endpoints import HTTPEndpoint
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route


class Stations(HTTPEndpoint):
    async def get(self, request):
        return JSONResponse([])


class Station(HTTPEndpoint):
    async def get(self, request):
        return JSONResponse({"id": str(request.path_params["station_id"])})

    async def patch(self, request):
        return Response(status_code=204)


async def record_reading(request):
    return JSONResponse({"stored": True}, status_code=201)


readings = [Route("/", record_reading, methods=["POST"])]

routes = [
    Route("/stations", Stations),
    Route("/stations/{station_id:uuid}", Station),
    Mount("/stations/{station_id:uuid}/readings", routes=readings),
]
