from flask import Blueprint, Response

bp = Blueprint("certificates", __name__)


@bp.get("/certificates")
def list_certificates(student_id):
    return {"student": student_id, "certificates": []}


@bp.get("/certificates/<uuid:serial>.pdf")
def download(student_id, serial):
    return Response(b"%PDF-1.7", mimetype="application/pdf")
