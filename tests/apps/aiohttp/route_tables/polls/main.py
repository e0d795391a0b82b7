import logging

from aiohttp import web

from polls.middlewares import setup_middlewares
from polls.routes import setup_routes
from polls.live import routes as live_routes


async def init_app(argv=None):
    app = web.Application()
    setup_routes(app)
    app.add_routes(live_routes)
    setup_middlewares(app)
    return app


def main(argv):
    logging.basicConfig(level=logging.DEBUG)
    web.run_app(init_app(argv))
