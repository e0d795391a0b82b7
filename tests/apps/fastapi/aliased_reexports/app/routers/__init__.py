from .appointments import router as appointments_router
from .patients import router as patients_router

__all__ = ["appointments_router", "patients_router"]
