from starlette.responses import JSONResponse
from starlette.routing import Route


async def today(request):
    return JSONResponse({"place": request.path_params["place"], "rain": 0.2})


async def hourly(request):
    return JSONResponse({"hours": []})


routes = [
    Route("/forecasts/{place}", today),
    Route("/forecasts/{place}/hourly", hourly),
]
