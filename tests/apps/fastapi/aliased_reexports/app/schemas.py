from datetime import date

from pydantic import BaseModel


class PatientCreate(BaseModel):
    surname: str
    given_name: str
    born: date


class Patient(PatientCreate):
    id: int
