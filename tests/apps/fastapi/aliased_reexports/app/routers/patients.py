from fastapi import APIRouter, HTTPException

from ..schemas import Patient, PatientCreate

router = APIRouter(prefix="/patients", tags=["patients"])

_patients: list[Patient] = []


@router.get("/", response_model=list[Patient])
def search_patients(surname: str | None = None):
    return [it for it in _patients if surname is None or it.surname == surname]


@router.post("/", response_model=Patient, status_code=201)
def register_patient(payload: PatientCreate):
    patient = Patient(id=len(_patients) + 1, **payload.model_dump())
    _patients.append(patient)
    return patient


@router.get("/{patient_id}", response_model=Patient)
def get_patient(patient_id: int):
    for patient in _patients:
        if patient.id == patient_id:
            return patient
    raise HTTPException(status_code=404, detail="patient is not registered")
