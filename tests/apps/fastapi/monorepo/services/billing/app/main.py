from common.probes import router as probes
from fastapi import FastAPI

from app.invoices import router as invoices
from app.rides import router as rides


def create_app() -> FastAPI:
    app = FastAPI(title="Billing")
    app.include_router(probes)
    app.include_router(rides, prefix="/rides")
    app.include_router(invoices, prefix="/rides/{ride_id}/invoice")
    return app
