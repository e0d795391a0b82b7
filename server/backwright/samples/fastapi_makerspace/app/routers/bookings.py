from typing import Any

from fastapi import APIRouter, status
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.dependencies import CurrentMember, PaginationDep, SessionDep, SettingsDep
from app.errors import Conflict, Forbidden, NotFound
from app.models import Booking, Member, utc_now
from app.routers.machines import get_machine
from app.schemas.bookings import BookingCreate, BookingRead, BookingReschedule
from app.schemas.common import Page
from app.services import booking as rules

router = APIRouter(prefix="/bookings", tags=["bookings"])


@router.get("", response_model=Page[BookingRead])
def list_my_bookings(
    member: CurrentMember,
    session: SessionDep,
    page: PaginationDep,
    machine_id: int | None = None,
    upcoming: bool = False,
) -> dict[str, Any]:
    query = select(Booking).where(Booking.member_id == member.id).order_by(Booking.starts_at)
    if machine_id is not None:
        query = query.where(Booking.machine_id == machine_id)
    if upcoming:
        query = query.where(Booking.starts_at > utc_now())
    return page.fetch(session, query)


@router.post("", response_model=BookingRead, status_code=status.HTTP_201_CREATED)
def create_booking(
    data: BookingCreate, member: CurrentMember, session: SessionDep, settings: SettingsDep
) -> Booking:
    machine = get_machine(session, data.machine_id)
    rules.check_may_use(session, member, machine)
    rules.check_period(data.starts_at, data.ends_at, settings)
    rules.check_free(session, machine, data.starts_at, data.ends_at)
    booking = Booking(
        **data.model_dump(),
        member_id=member.id,
        fee_cents=rules.fee_cents(machine, data.starts_at, data.ends_at),
    )
    session.add(booking)
    session.commit()
    return booking


@router.get("/{booking_id}", response_model=BookingRead)
def read_booking(booking_id: int, member: CurrentMember, session: SessionDep) -> Booking:
    return get_booking(session, booking_id, member)


@router.patch("/{booking_id}", response_model=BookingRead)
def reschedule_booking(
    booking_id: int,
    data: BookingReschedule,
    member: CurrentMember,
    session: SessionDep,
    settings: SettingsDep,
) -> Booking:
    booking = get_booking(session, booking_id, member)
    check_not_started(booking)
    rules.check_period(data.starts_at, data.ends_at, settings)
    rules.check_free(session, booking.machine, data.starts_at, data.ends_at, ignore=booking)
    booking.starts_at = data.starts_at
    booking.ends_at = data.ends_at
    booking.fee_cents = rules.fee_cents(booking.machine, data.starts_at, data.ends_at)
    session.commit()
    return booking


@router.delete("/{booking_id}", status_code=status.HTTP_204_NO_CONTENT)
def cancel_booking(booking_id: int, member: CurrentMember, session: SessionDep) -> None:
    booking = get_booking(session, booking_id, member)
    check_not_started(booking)
    session.delete(booking)
    session.commit()


def get_booking(session: Session, booking_id: int, member: Member) -> Booking:
    booking = session.get(Booking, booking_id)
    if booking is None:
        raise NotFound("No such booking")
    if booking.member_id != member.id and not member.is_staff:
        raise Forbidden("This is the booking of another member")
    return booking


def check_not_started(booking: Booking) -> None:
    if booking.starts_at <= utc_now():
        raise Conflict("The booking has started")
