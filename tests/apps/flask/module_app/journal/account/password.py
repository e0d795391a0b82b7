from . import bp


@bp.route("/password/reset", methods=["POST"])
def request_reset():
    return "", 202


@bp.route("/password/reset/<token>", methods=["GET", "POST"])
def reset(token):
    return {"token": token}
