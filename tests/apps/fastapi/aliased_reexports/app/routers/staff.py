from fastapi import APIRouter

doctors = APIRouter(prefix="/doctors", tags=["staff"])
nurses = APIRouter(prefix="/nurses", tags=["staff"])
shifts = APIRouter(tags=["staff"])


@doctors.get("")
def list_doctors() -> list[str]:
    return []


@doctors.get("/{licence}")
def show_doctor(licence: str) -> dict[str, str]:
    return {"licence": licence}


@nurses.get("")
def list_nurses(ward: str | None = None) -> list[str]:
    return []


@nurses.patch("/{badge}/ward")
def assign_ward(badge: int, ward: str) -> dict[str, str]:
    return {"ward": ward}


@shifts.get("/today")
def shifts_today() -> dict[str, list[str]]:
    return {"doctors": [], "nurses": []}


@shifts.post("/swap", status_code=202)
def swap_shifts(first: int, second: int) -> None:
    return None
