from fastapi import Header
from pydantic import BaseModel

from telemetry.routing import TimedRouter

router = TimedRouter(prefix="/readings", tags=["ingest"])


class Reading(BaseModel):
    serial: str
    at: float
    value: float


@router.post("", status_code=202)
async def ingest(reading: Reading, x_device_key: str = Header()) -> None:
    return None


@router.post("/batch", status_code=202)
async def ingest_batch(readings: list[Reading]) -> dict[str, int]:
    return {"accepted": len(readings)}
