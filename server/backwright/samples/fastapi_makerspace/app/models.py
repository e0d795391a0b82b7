from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base


def utc_now() -> datetime:
    return datetime.now(UTC)


class Role(StrEnum):
    MEMBER = "member"
    STAFF = "staff"
    ADMIN = "admin"


class MachineStatus(StrEnum):
    AVAILABLE = "available"
    OUT_OF_ORDER = "out_of_order"
    RETIRED = "retired"


class Member(Base):
    __tablename__ = "members"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(default=Role.MEMBER)
    joined_at: Mapped[datetime] = mapped_column(default=utc_now)

    bookings: Mapped[list["Booking"]] = relationship(back_populates="member")
    inductions: Mapped[list["Induction"]] = relationship(
        back_populates="member", foreign_keys="Induction.member_id"
    )

    @property
    def is_staff(self) -> bool:
        return self.role in {Role.STAFF, Role.ADMIN}


class Machine(Base):
    __tablename__ = "machines"
    __table_args__ = (CheckConstraint("hourly_fee_cents >= 0"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    category: Mapped[str] = mapped_column(String(40), index=True)
    hourly_fee_cents: Mapped[int] = mapped_column(default=0)
    requires_induction: Mapped[bool] = mapped_column(default=False)
    status: Mapped[MachineStatus] = mapped_column(default=MachineStatus.AVAILABLE)

    bookings: Mapped[list["Booking"]] = relationship(
        back_populates="machine", cascade="all, delete-orphan"
    )
    reports: Mapped[list["FaultReport"]] = relationship(
        back_populates="machine", cascade="all, delete-orphan"
    )
    inductions: Mapped[list["Induction"]] = relationship(
        back_populates="machine", cascade="all, delete-orphan"
    )


class Induction(Base):
    """A member was shown how to use a machine."""

    __tablename__ = "inductions"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    machine_id: Mapped[int] = mapped_column(ForeignKey("machines.id"), primary_key=True)
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    granted_at: Mapped[datetime] = mapped_column(default=utc_now)

    member: Mapped[Member] = relationship(back_populates="inductions", foreign_keys=[member_id])
    machine: Mapped[Machine] = relationship(back_populates="inductions")


class Booking(Base):
    __tablename__ = "bookings"
    __table_args__ = (Index("ix_bookings_machine_period", "machine_id", "starts_at", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    machine_id: Mapped[int] = mapped_column(ForeignKey("machines.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    fee_cents: Mapped[int]
    note: Mapped[str | None] = mapped_column(String(280))

    member: Mapped[Member] = relationship(back_populates="bookings")
    machine: Mapped[Machine] = relationship(back_populates="bookings")


class FaultReport(Base):
    __tablename__ = "fault_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    machine_id: Mapped[int] = mapped_column(ForeignKey("machines.id"), index=True)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    description: Mapped[str] = mapped_column(Text)
    out_of_order: Mapped[bool] = mapped_column(default=False)
    reported_at: Mapped[datetime] = mapped_column(default=utc_now)
    resolved_at: Mapped[datetime | None]

    machine: Mapped[Machine] = relationship(back_populates="reports")
    reporter: Mapped[Member] = relationship()
