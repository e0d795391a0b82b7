from fastapi import APIRouter

router = APIRouter(tags=["bookings"])


@router.get("")
def list_bookings(day: str | None = None) -> list[str]:
    return []


@router.post("", status_code=201)
def book_table(guests: int, at: str) -> dict[str, int]:
    return {"guests": guests}


@router.delete("/{code}", status_code=204)
def release_table(code: str) -> None:
    return None
