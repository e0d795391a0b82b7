import falcon


def max_body(limit):
    def hook(req, resp, resource, params):
        if req.content_length and req.content_length > limit:
            raise falcon.HTTPPayloadTooLarge()

    return hook


def needs_role(req, resp, resource, params):
    if req.get_header("X-Role") != "clerk":
        raise falcon.HTTPForbidden()


class Parcels:
    def __init__(self, store):
        self.store = store

    def on_get(self, req, resp, number):
        resp.media = self.store.get(number)

    @falcon.before(needs_role)
    def on_delete(self, req, resp, number):
        resp.status = falcon.HTTP_204

    def on_get_all(self, req, resp):
        page = req.get_param_as_int("page")
        resp.media = [page]

    @falcon.before(max_body(1024))
    def on_post_all(self, req, resp):
        media = req.media
        resp.media = media["weight"]


class Labels:
    def on_put(self, req, resp, name):
        resp.media = name


labels = Labels()
