from fastapi import APIRouter, Body

router = APIRouter(prefix="/slots", tags=["slots"])


@router.get("")
async def list_slots(warehouse_id: int, bin_code: str) -> list[int]:
    return [1, 2, 3]


@router.get("/{slot}")
async def read_slot(slot: int) -> dict[str, int]:
    return {"slot": slot}


@router.post("/{slot}/pick", status_code=202)
async def pick(slot: int, quantity: int = Body(embed=True, gt=0)) -> dict[str, int]:
    return {"slot": slot, "picked": quantity}
