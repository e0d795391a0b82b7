from fastapi import APIRouter

from app.routers import auth, bookings, machines, members, reports

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(auth.router)
api_router.include_router(members.router)
api_router.include_router(machines.router)
api_router.include_router(bookings.router)
api_router.include_router(reports.router)
