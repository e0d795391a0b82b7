from aiohttp import web


@web.middleware
async def error_middleware(request, handler):
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return web.json_response({}, status=404)


@web.middleware
async def auth_middleware(request, handler):
    if "Authorization" not in request.headers:
        raise web.HTTPUnauthorized()
    return await handler(request)


def setup_middlewares(app):
    app.middlewares.append(error_middleware)
    app.middlewares.append(auth_middleware)
