from litestar import Router
from litestar.handlers import get as fetch, post

from clinic.staff import staff_guard


@fetch("/")
async def patients() -> list[str]:
    return []


@fetch(["/{patient:int}", "/{patient:int}/{year:int}"])
async def patient(patient: int, year: int | None = None) -> str:
    return ""


@post("/{patient:int}/visits", guards=[staff_guard])
async def add_visit(patient: int, data: dict[str, str]) -> None: ...


@fetch("/waiting")
async def waiting() -> int:
    return 0


router = Router(path="/patients", route_handlers=[patients, patient, add_visit])
extra = [waiting]
