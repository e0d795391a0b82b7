from flask import Blueprint, abort, jsonify, request

bp = Blueprint("courses", __name__, url_prefix="/courses")

_courses = {}


@bp.route("/", methods=["GET"])
def list_courses():
    return jsonify(sorted(_courses))


@bp.route("/", methods=("POST",))
def add_course():
    data = request.get_json()
    _courses[data["code"]] = data
    return data, 201


@bp.route("/<code>", methods=["GET", "PUT", "DELETE"])
def course(code):
    if request.method == "PUT":
        _courses[code] = request.get_json()
    elif request.method == "DELETE":
        _courses.pop(code, None)
        return "", 204
    if code not in _courses:
        abort(404, "no such course")
    return _courses[code]


@bp.post("/<code>/seats")
def take_seat(code):
    return {"course": code}, 201
