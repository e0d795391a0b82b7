from .extensions import db


class StaffMember(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    kind = db.Column(db.String(10))
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "staff"}


class Nurse(StaffMember):
    ward = db.Column(db.String(20))
    __mapper_args__ = {"polymorphic_identity": "nurse"}


class Doctor(StaffMember):
    id = db.Column(db.ForeignKey("staff_member.id"), primary_key=True)
    licence = db.Column(db.String(20), unique=True)
    __mapper_args__ = {"polymorphic_identity": "doctor"}
