from flask import Flask

from fleet import extensions
from fleet.config import Config, Production
from fleet.constants import DRIVERS_PREFIX
from fleet.sections import drivers, fuel, vehicles, workshop
from fleet.sections.depots import depots


def create_app(config=Production):
    app = Flask("fleet")
    app.config.from_object(config)
    extensions.init_app(app)
    _register_sections(app)
    return app


def _register_sections(app):
    app.register_blueprint(vehicles.bp, url_prefix=app.config["API_ROOT"] + "/vehicles")
    app.register_blueprint(fuel.bp, url_prefix=Config.FUEL_PREFIX)
    app.register_blueprint(drivers.bp, url_prefix=DRIVERS_PREFIX)
    app.register_blueprint(workshop.bp, url_prefix=f"/{Config.WORKSHOP}")
    app.register_blueprint(depots)
