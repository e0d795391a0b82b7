from fastapi import APIRouter

router = APIRouter()


@router.get("/revenue")
def revenue(year: int) -> dict[str, int]:
    return {"cents": 0}


@router.get("/overdue")
def overdue() -> list[str]:
    return []
