from tornado.web import authenticated

from news.base import BaseHandler


class AuthLoginHandler(BaseHandler):
    def initialize(self, next):
        self.next = next

    def get(self):
        self.write("")

    async def post(self):
        self.redirect(self.next)


class AuthLogoutHandler(BaseHandler):
    @authenticated
    def get(self):
        self.clear_cookie("user")
