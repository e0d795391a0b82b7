from common import probes
from common.paths import API_V1
from fastapi import FastAPI

from app.routers import bikes, stations

app = FastAPI(title="Fleet")
app.include_router(probes.router)
app.include_router(bikes.router, prefix=API_V1)
app.include_router(stations.router, prefix=f"{API_V1}/stations")
