from sanic.exceptions import Unauthorized


async def check_token(request):
    if request.token is None:
        raise Unauthorized("no token")
