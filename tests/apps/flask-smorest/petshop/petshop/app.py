from flask import Flask

from petshop.extensions import api
from petshop.blueprints import register_blueprints


class Config:
    API_TITLE = "Petshop"
    API_VERSION = "v1"
    OPENAPI_VERSION = "3.0.3"


def create_app(config=Config):
    app = Flask("petshop")
    app.config.from_object(config)
    api.init_app(app)
    register_blueprints(api)
    return app
