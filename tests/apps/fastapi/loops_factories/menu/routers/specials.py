from fastapi import APIRouter

router = APIRouter(prefix="/specials")


@router.get("/")
def specials_today() -> list[str]:
    return ["soup"]


@router.get("/{weekday}")
def specials_on(weekday: str) -> list[str]:
    return []
