from flask import Flask

from clinic.extensions import db


def create_app():
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.init_app(app)
    return app


from clinic import models, staff  # noqa: E402, F401
