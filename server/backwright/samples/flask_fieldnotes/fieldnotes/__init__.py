from collections.abc import Mapping
from typing import Any

from flask import Flask

from fieldnotes import cli, errors
from fieldnotes.blueprints import auth, health, sightings, sites, species
from fieldnotes.extensions import db


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    app = Flask(__name__)
    app.config.from_object("fieldnotes.config")
    app.config.from_prefixed_env("FIELDNOTES")
    app.config.from_mapping(config or {})
    if not app.config["SECRET_KEY"]:
        raise RuntimeError("FIELDNOTES_SECRET_KEY is not set")

    db.init_app(app)
    errors.init_app(app)
    cli.init_app(app)

    app.register_blueprint(health.bp)
    app.register_blueprint(auth.bp, url_prefix="/api/auth")
    app.register_blueprint(species.bp, url_prefix="/api/species")
    app.register_blueprint(sites.bp, url_prefix="/api/sites")
    app.register_blueprint(sightings.bp, url_prefix="/api/sightings")
    return app
