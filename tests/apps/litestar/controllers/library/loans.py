from litestar import Controller, HttpMethod, get, put, route

from . import security


class Base(Controller):
    guards = [security.session_guard]

    @get("/count")
    async def count(self) -> int:
        return 0


class LoanController(Base):
    path = "/loans/"

    @put("/{number:int}/")
    async def renew(self, number: int) -> None: ...

    @route("/bulk", http_method=[HttpMethod.POST, "DELETE"])
    async def bulk(self) -> None: ...


@get("/loans/overdue")
async def overdue(days: int) -> list[str]:
    return []
