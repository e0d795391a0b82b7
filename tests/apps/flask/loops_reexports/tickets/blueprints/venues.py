from flask import Blueprint as Section

venues_blueprint = Section("venues", __name__, url_prefix="/venues")


@venues_blueprint.get("/")
def list_venues():
    return {"venues": []}


@venues_blueprint.get("/<slug>/plan")
def seating_plan(slug):
    return {"venue": slug}
