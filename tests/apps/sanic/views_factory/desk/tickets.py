from functools import wraps

from sanic.exceptions import Forbidden
from sanic.response import json
from sanic.views import HTTPMethodView


def agents_only(handler):
    @wraps(handler)
    async def inner(request, *args, **kwargs):
        if not request.headers.get("agent"):
            raise Forbidden("agents only")
        return await handler(request, *args, **kwargs)

    return inner


class TicketsView(HTTPMethodView):
    async def get(self, request):
        return json({"q": request.args.get("q")})

    async def post(self, request):
        return json(request.json["title"])


class TicketView(HTTPMethodView):
    decorators = [agents_only]

    async def get(self, request, number):
        return json(number)

    async def delete(self, request, number):
        return json(number)


async def close(request, number: int):
    return json(number)
