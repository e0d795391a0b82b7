from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter(tags=["shipments"])


class Shipment(BaseModel):
    carrier: str
    weight_grams: int


@router.post("", status_code=201)
async def announce(shipment: Shipment) -> Shipment:
    return shipment


@router.get("/{reference}")
async def track(reference: str) -> dict[str, str]:
    return {"reference": reference, "state": "announced"}


@router.patch("/{reference}/state")
async def move(reference: str, state: Literal["packed", "sent"]) -> dict[str, str]:
    return {"reference": reference, "state": state}
