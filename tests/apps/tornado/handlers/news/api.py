from news.base import ApiHandler

PREFIX = "/api/v1"


class Items(ApiHandler):
    def get(self):
        self.write({})

    def post(self):
        self.write({})


class Item(ApiHandler):
    def get(self, item_id, part=None):
        self.write({})

    def delete(self, item_id, part=None):
        self.set_status(204)


class Tree(ApiHandler):
    def get(self, path):
        self.write({})


handlers = [
    (PREFIX + r"/items", Items),
    (rf"{PREFIX}/items/(?P<item_id>\d+)(?:/(?P<part>[a-z]+))?", Item),
    (f"{PREFIX}/tree/(.*)", Tree),
]
