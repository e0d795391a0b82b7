from fastapi import APIRouter, Depends

from invoicing.guards import require_token

NAME = "customers"

router = APIRouter(tags=[NAME], dependencies=[Depends(require_token)])


@router.get("/")
def list_customers() -> list[str]:
    return []


@router.get("/{customer_id}/balance")
def balance(customer_id: int) -> dict[str, int]:
    return {"cents": 0}
