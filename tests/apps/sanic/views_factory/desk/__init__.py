import sanic

from desk.tickets import TicketView, TicketsView, close


def create_app() -> sanic.Sanic:
    app = sanic.Sanic(name="desk")
    attach(app)
    for name in ("low", "high"):
        app.add_route(by_priority, f"/tickets/{name}", name=f"by_{name}")
    return app


def attach(app: sanic.Sanic) -> None:
    app.add_route(TicketsView.as_view(), "/tickets")
    app.add_route(TicketView.as_view(), "/tickets/<number:int>/")
    app.add_route(close, "/tickets/<number:int>/close", methods=["POST"])
    app.blueprint([staff, guests])


async def by_priority(request):
    return sanic.json([])


staff = sanic.Blueprint("staff", url_prefix="/staff")
guests = sanic.Blueprint("guests")


@staff.put("/<name:str>")
@guests.patch("/guests/<name:str>")
async def rename(request, name):
    return sanic.empty()
