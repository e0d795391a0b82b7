"""The rules of the workshop: who may book which machine, and when."""

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Settings
from app.errors import Conflict, Forbidden, Unprocessable
from app.models import Booking, Induction, Machine, MachineStatus, Member, utc_now


def check_may_use(session: Session, member: Member, machine: Machine) -> None:
    if machine.status is not MachineStatus.AVAILABLE:
        raise Conflict(f"{machine.name} is not available")
    if machine.requires_induction and session.get(Induction, (member.id, machine.id)) is None:
        raise Forbidden(f"{machine.name} needs an induction first")


def check_period(starts_at: datetime, ends_at: datetime, settings: Settings) -> None:
    if starts_at <= utc_now():
        raise Unprocessable("A booking starts in the future")
    if ends_at - starts_at > timedelta(hours=settings.max_booking_hours):
        raise Unprocessable(f"A booking lasts {settings.max_booking_hours} hours at most")


def check_free(
    session: Session,
    machine: Machine,
    starts_at: datetime,
    ends_at: datetime,
    *,
    ignore: Booking | None = None,
) -> None:
    overlapping = select(Booking.id).where(
        Booking.machine_id == machine.id,
        Booking.starts_at < ends_at,
        Booking.ends_at > starts_at,
    )
    if ignore is not None:
        overlapping = overlapping.where(Booking.id != ignore.id)
    if session.scalar(overlapping.limit(1)) is not None:
        raise Conflict(f"{machine.name} is booked at that time")


def fee_cents(machine: Machine, starts_at: datetime, ends_at: datetime) -> int:
    """Each hour that was begun is charged."""
    return ceil((ends_at - starts_at) / timedelta(hours=1)) * machine.hourly_fee_cents
