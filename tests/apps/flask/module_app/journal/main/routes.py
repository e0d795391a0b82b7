from flask import redirect, render_template_string, request, url_for

from journal.main import bp


@bp.route("/")
@bp.route("/index")
def index():
    return render_template_string("<p>{{ count }} entries</p>", count=0)


@bp.route("/write", methods=["GET", "POST"])
def write():
    if request.method == "POST":
        return redirect(url_for("main.index"))
    return render_template_string("<form method=post><textarea name=text></textarea></form>")


@bp.route("/entry/<int:entry_id>")
def entry(entry_id):
    return {"entry": entry_id}


@bp.route("/tag/<tag>/page/<int:page>")
def tagged(tag, page):
    return {"tag": tag, "page": page}
