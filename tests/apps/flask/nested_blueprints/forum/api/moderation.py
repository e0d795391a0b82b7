from flask import Blueprint

moderation = Blueprint("moderation", __name__)


@moderation.get("/reports")
def open_reports():
    return {"reports": []}


@moderation.route("/reports/<int:report_id>/<any(accept, reject):verdict>", methods=["POST"])
def decide(report_id, verdict):
    return {"report": report_id, "verdict": verdict}
