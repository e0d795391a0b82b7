from fastapi import FastAPI

import app.routers.rooms as r
import app.routers.staff as staff
from app.routers import appointments_router as visits
from app.routers import patients_router
from app.routers import records as records_module

app = FastAPI(title="Clinic")

app.include_router(patients_router)
app.include_router(visits, prefix="/appointments")
app.include_router(records_module.router, prefix="/patients/{patient_id}/records")
app.include_router(staff.doctors, prefix="/staff")
app.include_router(staff.nurses, prefix="/staff")
app.include_router(staff.shifts, prefix="/staff/shifts")
app.include_router(r.rooms_api)
