from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.config import Settings, get_settings
from app.database import get_session
from app.errors import Forbidden, Unauthorized
from app.models import Member, Role
from app.security import read_token

SessionDep = Annotated[Session, Depends(get_session)]
SettingsDep = Annotated[Settings, Depends(get_settings)]

_bearer = HTTPBearer(auto_error=False)


def get_current_member(
    session: SessionDep,
    settings: SettingsDep,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Member:
    if credentials is None:
        raise Unauthorized("Sign in first")
    member_id = read_token(credentials.credentials, settings)
    member = session.get(Member, member_id) if member_id is not None else None
    if member is None:
        raise Unauthorized("The token is not valid")
    return member


CurrentMember = Annotated[Member, Depends(get_current_member)]


def require_role(*roles: Role) -> Callable[[Member], Member]:
    def check_role(member: CurrentMember) -> Member:
        if member.role not in roles:
            raise Forbidden("Your role does not allow this")
        return member

    return check_role


StaffMember = Annotated[Member, Depends(require_role(Role.STAFF, Role.ADMIN))]
AdminMember = Annotated[Member, Depends(require_role(Role.ADMIN))]


@dataclass(frozen=True)
class Pagination:
    limit: int
    offset: int

    def fetch(self, session: Session, query: Select[Any]) -> dict[str, Any]:
        """The fields of a `Page`: the rows of this page and how many there are in all."""
        total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
        rows = session.scalars(query.limit(self.limit).offset(self.offset)).all()
        return {"items": rows, "total": total, "limit": self.limit, "offset": self.offset}


def get_pagination(
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Pagination:
    return Pagination(limit, offset)


PaginationDep = Annotated[Pagination, Depends(get_pagination)]
