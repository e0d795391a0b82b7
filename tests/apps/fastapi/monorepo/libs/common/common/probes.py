"""The probes that every service answers."""

from fastapi import APIRouter

router = APIRouter(tags=["probes"])


@router.get("/livez")
def livez() -> dict[str, bool]:
    return {"alive": True}


@router.get("/readyz")
def readyz() -> dict[str, bool]:
    return {"ready": True}
