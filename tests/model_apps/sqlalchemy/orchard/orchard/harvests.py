import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Interval, PrimaryKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orchard.base import Base, intpk, money
from orchard.growers import Plot


class Harvest(Base):
    __tablename__ = "harvests"
    __table_args__ = (PrimaryKeyConstraint("plot_id", "picked_on"),)

    plot_id: Mapped[int] = mapped_column(ForeignKey("plots.id"))
    picked_on: Mapped[datetime.date] = mapped_column(default=datetime.date.today)
    picker_id: Mapped[int] = mapped_column(ForeignKey("growers.id"))
    kilos: Mapped[int] = mapped_column(default=0)

    plot: Mapped[Plot] = relationship("Plot", back_populates="harvests")
    lots: Mapped[list["Lot"]] = relationship(back_populates="harvest")


class Lot(Base):
    """Sold whole; a composite key refers to its harvest."""

    __tablename__ = "lots"

    id: Mapped[intpk]
    plot_id: Mapped[int]
    picked_on: Mapped[datetime.date]
    price: Mapped[money] = mapped_column(default=0)
    keeps_for: Mapped[datetime.timedelta | None] = mapped_column(Interval)
    buyer: Mapped[str] = mapped_column(String(80), index=True, unique=True)
    __table_args__ = (
        ForeignKeyConstraint(["plot_id", "picked_on"], ["harvests.plot_id", "harvests.picked_on"]),
    )
    harvest: Mapped["Harvest"] = relationship(back_populates="lots")
