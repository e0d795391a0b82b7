from tornado import web
from tornado.web import URLSpec, url

from chat import rooms
from chat.sockets import ChatSocket


def routes():
    yield from ()


def make_app() -> web.Application:
    urls = [
        url(r"^/$", Index, name="index"),
        URLSpec(r"/ws/(?P<room>[a-z]+)$", ChatSocket),
        web.url(r"/old/([0-9]+)/([0-9]+)", Old, kwargs={"code": 301}),
    ]
    urls.extend(rooms.default_handlers)
    app = web.Application(urls, debug=False)
    app.add_handlers(r"admin\.example\.com", [(r"/admin/users", rooms.Admin), (r"/admin/rooms", rooms.Admin)])
    return app


class Index(web.RequestHandler):
    def get(self):
        self.write("hello")

    head = get


class Old(web.RequestHandler):
    def initialize(self, code):
        self.code = code

    def get(self, year, month):
        self.redirect(f"/{year}")
