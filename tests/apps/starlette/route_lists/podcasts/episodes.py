from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse


class Episodes(HTTPEndpoint):
    async def get(self, request: Request) -> JSONResponse:
        return JSONResponse({"show": request.path_params["slug"], "episodes": []})

    async def post(self, request: Request) -> JSONResponse:
        return JSONResponse(await request.json(), status_code=201)


class EpisodeDetail(HTTPEndpoint):
    async def get(self, request: Request) -> JSONResponse:
        return JSONResponse({"number": request.path_params["number"]})

    def put(self, request: Request) -> Response:
        return Response(status_code=204)

    def delete(self, request: Request) -> Response:
        return Response(status_code=204)


async def stream_episode(request: Request) -> StreamingResponse:
    return StreamingResponse(iter([b"ID3"]), media_type="audio/mpeg")
