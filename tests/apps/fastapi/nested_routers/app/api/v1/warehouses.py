from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter(prefix="/warehouses", tags=["warehouses"])


class Warehouse(BaseModel):
    code: str
    city: str
    bays: int = 1


@router.get("/")
async def list_warehouses() -> list[Warehouse]:
    return []


@router.post("/", status_code=201)
async def open_warehouse(warehouse: Warehouse) -> Warehouse:
    return warehouse


@router.get("/{warehouse_id}")
async def read_warehouse(warehouse_id: int) -> Warehouse:
    return Warehouse(code=f"W{warehouse_id}", city="Rotterdam")


@router.delete("/{warehouse_id}", status_code=204)
async def close_warehouse(warehouse_id: int) -> None:
    return None
