from sanic import Blueprint, json

orders = Blueprint("orders", url_prefix="orders")
legacy_orders = Blueprint("legacy", "/legacy", version=0, version_prefix="/old-v")


@orders.post("/")
async def place(request):
    return json({})


@orders.get("/<order:uuid>/lines/<line:int>")
async def line(request, order, line):
    return json({})


@legacy_orders.get("/all")
def everything(request):
    return json([])
