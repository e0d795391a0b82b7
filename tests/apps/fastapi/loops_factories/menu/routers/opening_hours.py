from fastapi import APIRouter

router = APIRouter()


@router.get("/opening-hours")
def opening_hours() -> dict[str, str]:
    return {"mon-fri": "12-22"}
