from __future__ import annotations

import enum
from typing import TYPE_CHECKING, List, Optional

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, JSON, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, WriteOnlyMapped, deferred, mapped_column, relationship

from .base import Base, Owned, TimestampMixin, intpk, required_name, str50

if TYPE_CHECKING:
    from .coops import Coop
    from .harvests import Harvest


class Soil(str, enum.Enum):
    CLAY = "clay"
    LOAM = "loam"


class Grower(TimestampMixin, Base):
    __tablename__ = "growers"

    id: Mapped[intpk]
    name: Mapped[required_name]
    nickname: Mapped[str50 | None]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    bio: Mapped[Optional[str]] = mapped_column(Text)
    portrait: Mapped[Optional[bytes]] = deferred(mapped_column(LargeBinary))
    preferences: Mapped[dict] = mapped_column(JSON, default=dict)
    mentor_id: Mapped[Optional[int]] = mapped_column(ForeignKey("growers.id"))

    mentor: Mapped[Optional["Grower"]] = relationship(remote_side="Grower.id", back_populates="apprentices")
    apprentices: Mapped[List["Grower"]] = relationship(back_populates="mentor")
    plots: Mapped[List["Plot"]] = relationship(back_populates="owner", cascade="all, delete-orphan")
    licence: Mapped[Optional["Licence"]] = relationship(back_populates="grower")
    coops: Mapped[List[Coop]] = relationship(secondary="coop_members", back_populates="members")
    harvests: WriteOnlyMapped["Harvest"] = relationship()


class Plot(Base, Owned):
    __tablename__ = "plots"
    __table_args__ = (
        UniqueConstraint("owner_id", "label", name="uq_plot_label"),
        Index("ix_plot_place", "latitude", "longitude"),
        CheckConstraint("area > 0", name="ck_area"),
    )

    id: Mapped[intpk]
    label: Mapped[str50]
    soil: Mapped[Soil] = mapped_column(Enum(Soil), default=Soil.LOAM)
    area: Mapped[float]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    notes: Mapped[str] = mapped_column("remarks", Text, default="")

    owner: Mapped[Grower] = relationship(back_populates="plots")
    harvests: Mapped[list["Harvest"]] = relationship(back_populates="plot", order_by="Harvest.picked_on.desc()")


class Licence(Base):
    __tablename__ = "licences"

    grower_id: Mapped[int] = mapped_column(ForeignKey(Grower.id), primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    grower: Mapped["Grower"] = relationship(back_populates="licence", single_parent=True)
