from tornado.web import RequestHandler


class Crud(RequestHandler):
    def get(self, *args, **kwargs):
        self.write({})

    def put(self, *args, **kwargs):
        self.write({})


class Rooms(RequestHandler):
    def get(self):
        self.write({})

    def patch(self):
        self.write({})


class Room(Crud):
    pass


class Admin(RequestHandler):
    def get(self):
        self.write({})


default_handlers = [(r"/rooms", Rooms), (r"/rooms/(?P<room>\w+)", Room)]
