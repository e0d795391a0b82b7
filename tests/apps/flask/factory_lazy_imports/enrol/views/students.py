import flask

bp = flask.Blueprint("students", __name__, url_prefix="/students")


@bp.get("")
def search():
    return {"q": flask.request.args.get("q")}


@bp.get("/<int:student_id>")
def show(student_id):
    return {"id": student_id}


@bp.patch("/<int:student_id>/address")
def change_address(student_id):
    return flask.request.get_json()
