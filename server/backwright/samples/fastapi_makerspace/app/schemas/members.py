from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from app.models import Role
from app.schemas.common import OrmModel

Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=254,
        pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    ),
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Password = Annotated[str, StringConstraints(min_length=10, max_length=128)]


class MemberCreate(BaseModel):
    email: Email
    name: Name
    password: Password


class MemberUpdate(BaseModel):
    name: Name | None = None
    password: Password | None = None


class RoleUpdate(BaseModel):
    role: Role


class MemberRead(OrmModel):
    id: int
    email: str
    name: str
    role: Role
    joined_at: datetime


class Credentials(BaseModel):
    email: Email
    password: str


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"
