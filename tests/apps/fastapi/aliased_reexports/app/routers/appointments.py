from datetime import datetime

from fastapi import APIRouter as Router
from pydantic import BaseModel

router = Router(tags=["appointments"])


class Booking(BaseModel):
    patient_id: int
    starts_at: datetime


@router.post("", status_code=201)
def book(booking: Booking) -> Booking:
    return booking


@router.get("/free/{day}")
def free_slots(day: str) -> list[str]:
    return [f"{day}T09:00", f"{day}T09:20"]


@router.delete("/{appointment_id}", status_code=204)
def cancel(appointment_id: int) -> None:
    return None
