from fastapi import APIRouter

router = APIRouter(tags=["status"])


@router.get("/healthz", include_in_schema=False)
def healthz() -> dict[str, str]:
    return {"status": "ok"}
