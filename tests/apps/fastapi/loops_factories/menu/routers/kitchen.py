from fastapi import APIRouter

router = APIRouter(tags=["kitchen"])


@router.get("/queue")
def queue() -> list[int]:
    return []


@router.post("/queue/{order_id}/ready", status_code=204)
def mark_ready(order_id: int) -> None:
    return None
