from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")


class OrmModel(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Page(OrmModel, Generic[T]):
    items: list[T]
    total: int
    limit: int
    offset: int
