from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.dependencies import AdminMember, CurrentMember, PaginationDep, SessionDep, StaffMember
from app.errors import Conflict, Forbidden, NotFound
from app.models import Member, Role
from app.schemas.common import Page
from app.schemas.members import MemberRead, MemberUpdate, RoleUpdate
from app.security import hash_password

router = APIRouter(prefix="/members", tags=["members"])


@router.get("/me", response_model=MemberRead)
def read_me(member: CurrentMember) -> Member:
    return member


@router.patch("/me", response_model=MemberRead)
def update_me(data: MemberUpdate, member: CurrentMember, session: SessionDep) -> Member:
    if data.name is not None:
        member.name = data.name
    if data.password is not None:
        member.password_hash = hash_password(data.password)
    session.commit()
    return member


@router.get("", response_model=Page[MemberRead])
def list_members(
    session: SessionDep,
    page: PaginationDep,
    staff: StaffMember,
    role: Role | None = None,
    q: Annotated[str | None, Query(min_length=2, max_length=60)] = None,
) -> dict[str, Any]:
    query = select(Member).order_by(Member.name, Member.id)
    if role is not None:
        query = query.where(Member.role == role)
    if q is not None:
        query = query.where(
            or_(
                Member.name.icontains(q, autoescape=True),
                Member.email.icontains(q, autoescape=True),
            )
        )
    return page.fetch(session, query)


@router.get("/{member_id}", response_model=MemberRead)
def read_member(member_id: int, current: CurrentMember, session: SessionDep) -> Member:
    if member_id != current.id and not current.is_staff:
        raise Forbidden("Only staff see other members")
    return get_member(session, member_id)


@router.put("/{member_id}/role", response_model=MemberRead)
def change_role(
    member_id: int, data: RoleUpdate, admin: AdminMember, session: SessionDep
) -> Member:
    member = get_member(session, member_id)
    if member.id == admin.id:
        raise Conflict("Another admin has to change your role")
    member.role = data.role
    session.commit()
    return member


def get_member(session: Session, member_id: int) -> Member:
    member = session.get(Member, member_id)
    if member is None:
        raise NotFound("No such member")
    return member
