import asyncio

import tornado.web
from tornado.options import define, options

from news.base import PageNotFound
from news.stories import EntryHandler, FeedHandler, HomeHandler
from news.auth import AuthLoginHandler, AuthLogoutHandler
from news.api import handlers as api_handlers

define("port", default=8888, type=int)


class Application(tornado.web.Application):
    def __init__(self):
        handlers = [
            (r"/", HomeHandler),
            (r"/entry/([^/]+)", EntryHandler),
            (r"/feed/?", FeedHandler),
            (r"/auth/login", AuthLoginHandler, {"next": "/"}),
            (r"/auth/logout", AuthLogoutHandler, None, "logout"),
            (r"/static/(.*)", tornado.web.StaticFileHandler, {"path": "static"}),
        ]
        handlers += api_handlers
        settings = dict(cookie_secret="x", login_url="/auth/login", default_handler_class=PageNotFound)
        super().__init__(handlers, **settings)


async def main():
    app = Application()
    app.listen(options.port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
