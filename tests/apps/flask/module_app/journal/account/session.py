from flask import redirect, request

from journal.account import bp


@bp.route("/login", methods=["GET", "POST"])
def login():
    return {"next": request.args.get("next", "/")}


@bp.route("/logout")
def logout():
    return redirect("/")
