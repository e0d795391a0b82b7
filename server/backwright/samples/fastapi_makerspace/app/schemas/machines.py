from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.models import MachineStatus
from app.schemas.common import OrmModel

MachineName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
Category = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]


class MachineCreate(BaseModel):
    name: MachineName
    category: Category
    hourly_fee_cents: int = Field(default=0, ge=0, le=50_000)
    requires_induction: bool = False


class MachineUpdate(BaseModel):
    name: MachineName | None = None
    category: Category | None = None
    hourly_fee_cents: int | None = Field(default=None, ge=0, le=50_000)
    requires_induction: bool | None = None
    status: MachineStatus | None = None


class MachineRead(OrmModel):
    id: int
    name: str
    category: str
    hourly_fee_cents: int
    requires_induction: bool
    status: MachineStatus


class FaultReportCreate(BaseModel):
    description: str = Field(min_length=10, max_length=2000)
    out_of_order: bool = False


class FaultReportRead(OrmModel):
    id: int
    machine_id: int
    reporter_id: int
    description: str
    out_of_order: bool
    reported_at: datetime
    resolved_at: datetime | None
