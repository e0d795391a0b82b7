from sanic import Blueprint
from sanic.response import empty, json

items = Blueprint("items", url_prefix="/items")


@items.get("/")
async def list_items(request):
    return json({"page": request.args.get("page")})


@items.get("/<item_id:int>")
async def read_item(request, item_id: int):
    return json(item_id)


@items.delete("/<item_id:int>", version=2)
async def drop_item(request, item_id: int):
    return empty()


@items.get("/by-code/<code:[A-Z]{3}[0-9]+>")
async def by_code(request, code):
    return json(code)
