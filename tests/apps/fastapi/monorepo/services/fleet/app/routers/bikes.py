from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter(prefix="/bikes")


class Bike(BaseModel):
    frame: str
    electric: bool = False


@router.get("")
def list_bikes(station: int | None = None) -> list[Bike]:
    return []


@router.post("", status_code=201)
def add_bike(bike: Bike) -> Bike:
    return bike


@router.post("/{frame}/unlock")
def unlock(frame: str) -> dict[str, str]:
    return {"frame": frame}
