import tornado.web

from .base import BaseHandler


class HomeHandler(BaseHandler):
    async def get(self):
        page = self.get_argument("page", "1")
        self.write(page)


class EntryHandler(BaseHandler):
    async def get(self, slug):
        self.write(slug)

    @tornado.web.authenticated
    async def post(self, slug):
        text = self.get_body_argument("text")
        self.write(text)


class FeedHandler(BaseHandler):
    def get(self):
        self.write("")
