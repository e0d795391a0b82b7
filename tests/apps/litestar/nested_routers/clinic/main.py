import litestar
from litestar import Router

from clinic import patients
from clinic.live import ward_socket

v1 = Router(path="/v1", route_handlers=[patients.router, *patients.extra])
api = Router("/api", route_handlers=[v1])

app = litestar.Litestar([api, ward_socket], debug=False)
