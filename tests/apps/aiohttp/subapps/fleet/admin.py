from aiohttp import web


@web.middleware
async def require_admin(request, handler):
    if request.headers.get("X-Role") != "admin":
        raise web.HTTPForbidden(reason="admins only")
    return await handler(request)


def make_app() -> web.Application:
    admin = web.Application(middlewares=[require_admin])
    admin.router.add_get("/users", users)
    admin.router.add_delete("/users/{name}", drop_user)
    return admin


async def users(request):
    return web.json_response([])


async def drop_user(request):
    return web.Response(status=204)
