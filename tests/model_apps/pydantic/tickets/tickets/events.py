from __future__ import annotations

import datetime as dt
import enum
import typing as t
import uuid
from decimal import Decimal
from typing import Any, ClassVar, Dict, List, Literal, Optional, Union

import pydantic
from pydantic import BaseModel, Field, HttpUrl, PrivateAttr, RootModel, conint, field_validator

from .common import Audited, Cents, Code, Page, Schema, Stamped


class State(enum.StrEnum):
    OPEN = "open"
    SOLD_OUT = "sold out"


def new_reference() -> str:
    return uuid.uuid4().hex


class Venue(Schema):
    name: str = Field(..., max_length=80)
    site: Optional[HttpUrl] = Field(default=None, description="Its page.")
    capacity: conint(gt=0) = 100
    facilities: List[Literal["bar", "ramp"]] = []


class EventBase(Schema, Stamped):
    MAX: ClassVar[int] = 9
    _cache: dict = PrivateAttr(default_factory=dict)

    title: str
    code: Code
    starts: dt.datetime
    price: Cents = 0
    state: State = State.OPEN
    venue: Venue | None = None
    tags: set[str] = Field(default_factory=set)
    extra: Dict[str, Any] = Field(default_factory=lambda: {"v": 1})
    payload: Any = None
    kind: t.Annotated[t.Literal["talk", "show"], Field(description="What it is")] = "talk"
    amount: Union[int, Decimal, None]

    @field_validator("title")
    @classmethod
    def stripped(cls, value: str) -> str:
        return value.strip()


class EventCreate(EventBase):
    pass


class EventPatch(EventBase):
    title: str | None = None
    starts: dt.datetime = Field(default=..., alias="startsAt")
    reference: str = Field(default_factory=new_reference)


class EventRead(EventBase, Audited):
    id: uuid.UUID
    guests: list["Guest"] = Field(default_factory=list, max_length=500)


class Guest(BaseModel):
    email: str
    plus: bool = False


class EventPage(Page[EventRead]):
    page: int = pydantic.Field(1)


class Names(RootModel[list[str]]):
    pass


@pydantic.dataclasses.dataclass
class Window:
    opens: dt.date
    closes: dt.date | None = None
