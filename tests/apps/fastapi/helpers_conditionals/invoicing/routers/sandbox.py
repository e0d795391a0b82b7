from fastapi import APIRouter

router = APIRouter()


@router.post("/reset", status_code=204)
def reset() -> None:
    return None
