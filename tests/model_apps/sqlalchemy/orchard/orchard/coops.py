import sqlalchemy as sa
from sqlalchemy import orm as so

from orchard.base import Base, Keyed, TimestampMixin, money
from orchard.growers import Grower

coop_members = sa.Table(
    "coop_members",
    Base.metadata,
    sa.Column("coop_id", sa.Uuid, sa.ForeignKey("coop.id"), primary_key=True),
    sa.Column("grower_id", sa.ForeignKey("growers.id"), primary_key=True),
    sa.Column("joined_on", sa.Date, nullable=False, server_default=sa.text("CURRENT_DATE")),
)


class Coop(Keyed, TimestampMixin, Base):
    title: so.Mapped[str] = so.mapped_column(sa.String(80))
    active: so.Mapped[bool] = so.mapped_column(default=True)
    fee: so.Mapped[money | None]
    chair_id: so.Mapped[int] = so.mapped_column(sa.ForeignKey("growers.id"))
    treasurer_id: so.Mapped[int | None] = so.mapped_column(sa.ForeignKey("growers.id"))

    chair: so.Mapped[Grower] = so.relationship(foreign_keys=[chair_id])
    treasurer: so.Mapped["Grower | None"] = so.relationship(foreign_keys="Coop.treasurer_id")
    members: so.Mapped[set["Grower"]] = so.relationship(secondary=coop_members, back_populates="coops")
    stalls: so.Mapped[list["MarketStall"]] = so.relationship(backref="coop")


class MarketStall(Keyed, Base):
    coop_id: so.Mapped["sa.Uuid"] = so.mapped_column(sa.ForeignKey("coop.id"))
    town: so.Mapped["str"]
    pitch: so.Mapped["int | None"] = so.mapped_column(sa.SmallInteger)
    __table_args__ = (sa.UniqueConstraint("town", "pitch"), {"schema": "markets"})
