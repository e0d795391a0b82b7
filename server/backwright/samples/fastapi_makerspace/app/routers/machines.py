from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, status
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.dependencies import AdminMember, CurrentMember, PaginationDep, SessionDep, StaffMember
from app.errors import Conflict, NotFound
from app.models import Booking, FaultReport, Induction, Machine, MachineStatus, Member, utc_now
from app.schemas.bookings import BookingRead
from app.schemas.common import Page
from app.schemas.machines import (
    FaultReportCreate,
    FaultReportRead,
    MachineCreate,
    MachineRead,
    MachineUpdate,
)

router = APIRouter(prefix="/machines", tags=["machines"])


@router.get("", response_model=Page[MachineRead])
def list_machines(
    session: SessionDep,
    page: PaginationDep,
    category: str | None = None,
    machine_status: Annotated[MachineStatus | None, Query(alias="status")] = None,
) -> dict[str, Any]:
    query = select(Machine).order_by(Machine.name)
    if category is not None:
        query = query.where(Machine.category == category)
    if machine_status is not None:
        query = query.where(Machine.status == machine_status)
    return page.fetch(session, query)


@router.post("", response_model=MachineRead, status_code=status.HTTP_201_CREATED)
def create_machine(data: MachineCreate, staff: StaffMember, session: SessionDep) -> Machine:
    check_name_is_free(session, data.name)
    machine = Machine(**data.model_dump())
    session.add(machine)
    session.commit()
    return machine


@router.get("/{machine_id}", response_model=MachineRead)
def read_machine(machine_id: int, session: SessionDep) -> Machine:
    return get_machine(session, machine_id)


@router.patch("/{machine_id}", response_model=MachineRead)
def update_machine(
    machine_id: int, data: MachineUpdate, staff: StaffMember, session: SessionDep
) -> Machine:
    machine = get_machine(session, machine_id)
    changes = data.model_dump(exclude_none=True)
    if changes.get("name", machine.name) != machine.name:
        check_name_is_free(session, changes["name"])
    for field, value in changes.items():
        setattr(machine, field, value)
    session.commit()
    return machine


@router.delete("/{machine_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_machine(machine_id: int, admin: AdminMember, session: SessionDep) -> None:
    machine = get_machine(session, machine_id)
    upcoming = select(Booking.id).where(
        Booking.machine_id == machine.id, Booking.ends_at > utc_now()
    )
    if session.scalar(upcoming.limit(1)) is not None:
        raise Conflict("The machine has upcoming bookings")
    session.delete(machine)
    session.commit()


@router.get("/{machine_id}/bookings", response_model=list[BookingRead])
def list_machine_bookings(
    machine_id: int, member: CurrentMember, session: SessionDep, day: date
) -> list[Booking]:
    machine = get_machine(session, machine_id)
    opens = datetime.combine(day, time.min, tzinfo=UTC)
    query = (
        select(Booking)
        .where(
            Booking.machine_id == machine.id,
            Booking.starts_at < opens + timedelta(days=1),
            Booking.ends_at > opens,
        )
        .order_by(Booking.starts_at)
    )
    return list(session.scalars(query))


@router.put("/{machine_id}/inductions/{member_id}", status_code=status.HTTP_204_NO_CONTENT)
def grant_induction(
    machine_id: int, member_id: int, staff: StaffMember, session: SessionDep
) -> None:
    machine = get_machine(session, machine_id)
    if session.get(Member, member_id) is None:
        raise NotFound("No such member")
    if session.get(Induction, (member_id, machine.id)) is None:
        session.add(Induction(member_id=member_id, machine_id=machine.id, granted_by_id=staff.id))
        session.commit()


@router.post(
    "/{machine_id}/reports", response_model=FaultReportRead, status_code=status.HTTP_201_CREATED
)
def report_fault(
    machine_id: int, data: FaultReportCreate, member: CurrentMember, session: SessionDep
) -> FaultReport:
    machine = get_machine(session, machine_id)
    report = FaultReport(machine_id=machine.id, reporter_id=member.id, **data.model_dump())
    if data.out_of_order and machine.status is MachineStatus.AVAILABLE:
        machine.status = MachineStatus.OUT_OF_ORDER
    session.add(report)
    session.commit()
    return report


def get_machine(session: Session, machine_id: int) -> Machine:
    machine = session.get(Machine, machine_id)
    if machine is None:
        raise NotFound("No such machine")
    return machine


def check_name_is_free(session: Session, name: str) -> None:
    if session.scalar(select(Machine.id).where(Machine.name == name)) is not None:
        raise Conflict("There is a machine of this name")
