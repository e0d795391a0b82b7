from datetime import datetime, timezone

from clinic.extensions import Stored, db


def now():
    return datetime.now(timezone.utc)


visit_notes = db.Table(
    "visit_notes",
    db.Column("visit_id", db.Integer, db.ForeignKey("visit.id"), primary_key=True),
    db.Column("note_id", db.Integer, db.ForeignKey("note.id"), primary_key=True),
)


class Patient(Stored):
    name = db.Column(db.String(100), nullable=False)
    born = db.Column(db.Date)
    chart = db.relationship("MedicalChart", back_populates="patient", uselist=False)
    visits = db.relationship("Visit", backref="patient", lazy=True)


class MedicalChart(Stored):
    patient_id = db.Column(db.Integer, db.ForeignKey("patient.id"), unique=True, nullable=False)
    blood_type = db.Column(db.Enum("A", "B", "0"), nullable=True)
    patient = db.relationship("Patient", back_populates="chart")


class Visit(Stored):
    __tablename__ = "visit"

    patient_id = db.Column(db.ForeignKey("patient.id"), nullable=False)
    at = db.Column(db.DateTime, nullable=False, default=now)
    fee = db.Column(db.Float, server_default=db.text("0"))
    notes = db.relationship("Note", secondary=visit_notes, backref="visits")


class Note(Stored):
    body = db.Column(db.Text)
