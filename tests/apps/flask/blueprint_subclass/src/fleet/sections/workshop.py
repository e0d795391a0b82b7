from fleet.blueprints import ApiBlueprint

bp = ApiBlueprint("workshop", __name__)


@bp.get("/jobs")
def jobs():
    return {"jobs": []}


@bp.delete("/jobs/<int:job_id>")
def cancel_job(job_id):
    return "", 204
