from flask import Flask

from tickets.blueprints import ALL, box_office
from tickets.blueprints import venues as places
from tickets.blueprints.partners import affiliates, promoters


def create_app() -> Flask:
    app = Flask(__name__, static_folder=None)

    for blueprint in ALL:
        app.register_blueprint(blueprint)

    for blueprint, prefix in (
        (affiliates, "/partners/affiliates"),
        (promoters, "/partners/promoters"),
    ):
        app.register_blueprint(blueprint, url_prefix=prefix)

    app.register_blueprint(places)
    app.register_blueprint(box_office, url_prefix="/office")
    app.register_blueprint(box_office, url_prefix="/kiosk", name="kiosk")
    return app
