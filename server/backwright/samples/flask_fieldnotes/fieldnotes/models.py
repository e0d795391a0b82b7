from datetime import UTC, date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.security import check_password_hash, generate_password_hash

from fieldnotes.extensions import db

ROLES = ("observer", "reviewer", "admin")
PENDING, VERIFIED, REJECTED = STATUSES = ("pending", "verified", "rejected")


def utc_now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


class User(db.Model):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(256))
    role: Mapped[str] = mapped_column(String(20), default="observer")

    sightings: Mapped[list["Sighting"]] = relationship(
        back_populates="observer", foreign_keys="Sighting.observer_id"
    )

    def set_password(self, password: str) -> None:
        self.password_hash = generate_password_hash(password)

    def check_password(self, password: str) -> bool:
        return check_password_hash(self.password_hash, password)

    def to_dict(self) -> dict:
        return {"id": self.id, "email": self.email, "name": self.name, "role": self.role}


class Species(db.Model):
    __tablename__ = "species"

    id: Mapped[int] = mapped_column(primary_key=True)
    scientific_name: Mapped[str] = mapped_column(String(120), unique=True)
    common_name: Mapped[str] = mapped_column(String(120), index=True)
    group: Mapped[str] = mapped_column("species_group", String(40), index=True)
    protected: Mapped[bool] = mapped_column(default=False)

    def to_dict(self) -> dict:
        return {
            "id": self.id,
            "scientific_name": self.scientific_name,
            "common_name": self.common_name,
            "group": self.group,
            "protected": self.protected,
        }


class Site(db.Model):
    __tablename__ = "sites"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90"),
        CheckConstraint("longitude BETWEEN -180 AND 180"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    latitude: Mapped[float]
    longitude: Mapped[float]

    sightings: Mapped[list["Sighting"]] = relationship(back_populates="site")

    def to_dict(self) -> dict:
        return {
            "id": self.id,
            "name": self.name,
            "latitude": self.latitude,
            "longitude": self.longitude,
        }


class Sighting(db.Model):
    __tablename__ = "sightings"
    __table_args__ = (Index("ix_sightings_site_species", "site_id", "species_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    observer_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    species_id: Mapped[int] = mapped_column(ForeignKey("species.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    seen_on: Mapped[date] = mapped_column(index=True)
    count: Mapped[int] = mapped_column(default=1)
    notes: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20), default=PENDING)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=utc_now)

    observer: Mapped[User] = relationship(back_populates="sightings", foreign_keys=[observer_id])
    reviewer: Mapped[User | None] = relationship(foreign_keys=[reviewer_id])
    species: Mapped[Species] = relationship()
    site: Mapped[Site] = relationship(back_populates="sightings")

    def to_dict(self) -> dict:
        return {
            "id": self.id,
            "observer_id": self.observer_id,
            "species_id": self.species_id,
            "site_id": self.site_id,
            "seen_on": self.seen_on.isoformat(),
            "count": self.count,
            "notes": self.notes,
            "status": self.status,
            "reviewer_id": self.reviewer_id,
        }
