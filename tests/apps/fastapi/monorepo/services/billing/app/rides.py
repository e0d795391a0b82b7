from fastapi import APIRouter

router = APIRouter()


@router.post("", status_code=201)
def start_ride(frame: str) -> dict[str, str]:
    return {"frame": frame}


@router.post("/{ride_id}/end")
def end_ride(ride_id: int) -> dict[str, int]:
    return {"cents": 250}
