from datetime import datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

T = TypeVar("T")
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Cents = Annotated[int, Field(ge=0)]


class Schema(BaseModel):
    model_config = ConfigDict(from_attributes=True, extra="forbid")


class Stamped:
    """No model by itself."""

    seen: int = 0


class Page(Schema, Generic[T]):
    items: list[T]
    total: int = Field(0, ge=0)
    next: "str | None" = None


class Audited(Schema):
    created_at: datetime
    updated_at: datetime | None = None
