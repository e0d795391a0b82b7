import falcon

from depot.middleware import RequireKey
from depot.parcels import Parcels, labels

API = "/v1"


def create() -> falcon.App:
    app = falcon.App(middleware=[RequireKey()])
    parcels = Parcels(store={})
    app.add_route(f"{API}/parcels", parcels, suffix="all")
    app.add_route(f"{API}/parcels/{{number:int}}", parcels)
    app.add_route("/labels/{name:path}", labels)
    app.add_route('/days/{day:dt("%Y-%m-%d")}', Days())
    return app


class Days:
    def on_get(self, req, resp, day):
        resp.media = str(day)
