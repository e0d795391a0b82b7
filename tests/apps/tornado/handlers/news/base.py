from tornado.web import HTTPError, RequestHandler


class BaseHandler(RequestHandler):
    def get_current_user(self):
        return self.get_signed_cookie("user")


class ApiHandler(BaseHandler):
    def prepare(self):
        if self.request.headers.get("X-Api-Key") is None:
            raise HTTPError(401)


class PageNotFound(BaseHandler):
    def get(self):
        raise HTTPError(404)
