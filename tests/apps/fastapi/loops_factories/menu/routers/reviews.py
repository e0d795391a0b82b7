from fastapi import APIRouter, Path

router = APIRouter(prefix="/reviews")


@router.post("", status_code=201)
def leave_review(text: str, stars: int) -> dict[str, int]:
    return {"stars": stars}


@router.post("/{review_id}/reply", status_code=201)
def reply(text: str, review_id: int = Path(ge=1)) -> dict[str, int]:
    return {"review_id": review_id}
