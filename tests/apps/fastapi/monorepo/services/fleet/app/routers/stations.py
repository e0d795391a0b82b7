from fastapi import APIRouter

router = APIRouter()


@router.get("")
def list_stations() -> list[int]:
    return []


@router.get("/{station_id}/docks")
def docks(station_id: int) -> dict[str, int]:
    return {"free": 4, "taken": 8}
