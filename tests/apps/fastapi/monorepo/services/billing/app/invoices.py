from fastapi import APIRouter

router = APIRouter()


@router.get("")
def read_invoice(ride_id: int) -> dict[str, int]:
    return {"ride_id": ride_id}


@router.post("/pay", status_code=202)
def pay(ride_id: int) -> None:
    return None
