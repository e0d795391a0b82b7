from flask import Blueprint, render_template_string

pages = Blueprint("pages", __name__, static_folder="assets", static_url_path="/assets")


@pages.route("/")
def front():
    return render_template_string("<h1>{{ title }}</h1>", title="Forum")


@pages.route("/b/<slug>/")
def board_page(slug):
    return render_template_string("<h1>{{ slug }}</h1>", slug=slug)
