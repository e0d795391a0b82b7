from fastapi import APIRouter

from app.api.v1.slots import router as slot_router

router = APIRouter(prefix="/bins", tags=["bins"])
router.include_router(slot_router, prefix="/{bin_code}")


@router.get("")
async def list_bins(warehouse_id: int) -> list[str]:
    return [f"{warehouse_id}-A1"]


@router.put("/{bin_code}")
async def label_bin(warehouse_id: int, bin_code: str, label: str) -> dict[str, str]:
    return {"bin": bin_code, "label": label}
