"""Inheritance: joined tables, and several classes in one."""

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, column_property, mapped_column

from orchard.base import Base, intpk


class Person(Base):
    __tablename__ = "people"
    __mapper_args__ = {"polymorphic_on": "role", "polymorphic_identity": "person"}

    id: Mapped[intpk]
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]


class Inspector(Person):
    __tablename__ = "inspectors"
    __mapper_args__ = {"polymorphic_identity": "inspector"}

    id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    badge: Mapped[str] = mapped_column(String(12), unique=True)


class Volunteer(Person):
    __mapper_args__ = {"polymorphic_identity": "volunteer"}

    hours: Mapped[int | None] = mapped_column(Integer, default=0)


class Record(Base):
    __abstract__ = True

    number: Mapped[int] = mapped_column(primary_key=True)


class Weighing(Record):
    __tablename__ = "weighings"
    grams: Mapped[int]
    checked = column_property(mapped_column(String(10), nullable=False))


class Tasting(Record):
    __tablename__ = "tastings"
    score: Mapped[int] = mapped_column("points")
