from fastapi import FastAPI

from menu.crud import build_crud_router
from menu.routers import PUBLIC_ROUTERS, bookings, kitchen, reports
from menu.schemas import Dish, Drink

app = FastAPI(title="Menu")

for router in PUBLIC_ROUTERS:
    app.include_router(router, prefix="/api")

for prefix, router in [
    ("/kitchen", kitchen.router),
    ("/front-of-house/bookings", bookings.router),
    ("/office/reports", reports.router),
]:
    app.include_router(router, prefix=prefix)

app.include_router(build_crud_router("/dishes", Dish), prefix="/api")
app.include_router(build_crud_router(prefix="/drinks", schema=Drink, deletable=True), prefix="/api")
