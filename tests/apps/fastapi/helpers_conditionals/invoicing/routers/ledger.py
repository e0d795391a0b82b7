from fastapi import APIRouter

router = APIRouter(tags=["ledger"])


@router.get("/{year}")
def read_ledger(year: int) -> list[str]:
    return []


@router.post("/{year}/close", status_code=202)
def close_ledger(year: int) -> None:
    return None
