from pydantic import AwareDatetime, BaseModel, Field, model_validator

from app.schemas.common import OrmModel


class Period(BaseModel):
    starts_at: AwareDatetime
    ends_at: AwareDatetime

    @model_validator(mode="after")
    def check_order(self) -> "Period":
        if self.ends_at <= self.starts_at:
            raise ValueError("ends_at must be after starts_at")
        return self


class BookingCreate(Period):
    machine_id: int
    note: str | None = Field(default=None, max_length=280)


class BookingReschedule(Period):
    pass


class BookingRead(OrmModel):
    id: int
    machine_id: int
    member_id: int
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    fee_cents: int
    note: str | None
