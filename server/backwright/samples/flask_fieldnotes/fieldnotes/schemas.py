"""What clients may send. `parse_body` and `parse_query` answer 400 for anything else."""

from datetime import date
from typing import Annotated, Literal, TypeVar

from flask import request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

Schema = TypeVar("Schema", bound=BaseModel)
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]
Email = Annotated[
    str,
    StringConstraints(to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"),
]


def parse_body(schema: type[Schema]) -> Schema:
    return schema.model_validate(request.get_json())


def parse_query(schema: type[Schema]) -> Schema:
    return schema.model_validate(request.args.to_dict())


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class UserCreate(Body):
    email: Email
    name: Name
    password: str = Field(min_length=10, max_length=128)


class Credentials(Body):
    email: Email
    password: str


class SpeciesCreate(Body):
    scientific_name: Annotated[
        str, StringConstraints(max_length=120, pattern=r"^[A-Z][a-z]+( [a-z-]+){1,2}$")
    ]
    common_name: Name
    group: Literal["bird", "mammal", "insect", "plant", "fungus", "other"]
    protected: bool = False


class SiteCreate(Body):
    name: Name
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class _SeenOn(Body):
    @field_validator("seen_on", check_fields=False)
    @classmethod
    def not_in_the_future(cls, value: date | None) -> date | None:
        if value is not None and value > date.today():
            raise ValueError("must not be in the future")
        return value


class SightingCreate(_SeenOn):
    species_id: int
    site_id: int
    seen_on: date
    count: int = Field(default=1, ge=1, le=10_000)
    notes: str | None = Field(default=None, max_length=2000)


class SightingUpdate(_SeenOn):
    seen_on: date | None = None
    count: int | None = Field(default=None, ge=1, le=10_000)
    notes: str | None = Field(default=None, max_length=2000)


class PageQuery(BaseModel):
    page: int = Field(default=1, ge=1)
    per_page: int = Field(default=20, ge=1, le=100)


class SpeciesQuery(PageQuery):
    q: str | None = Field(default=None, min_length=2)
    group: str | None = None


class SightingQuery(PageQuery):
    species_id: int | None = None
    site_id: int | None = None
    status: Literal["pending", "verified", "rejected"] | None = None
    since: date | None = None
