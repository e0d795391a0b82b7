from fastapi import APIRouter

from app.api.v1 import bins, warehouses

router = APIRouter()
router.include_router(warehouses.router)
router.include_router(bins.router, prefix="/warehouses/{warehouse_id}")
