from fastapi import APIRouter

from app.api.v1 import router as v1_router
from app.api.v1 import shipments

api_router = APIRouter()
api_router.include_router(v1_router, prefix="/v1")
api_router.include_router(shipments.router, prefix="/v1/shipments")
# Carriers still call the path without a version.
api_router.include_router(shipments.router, prefix="/shipments", deprecated=True)
