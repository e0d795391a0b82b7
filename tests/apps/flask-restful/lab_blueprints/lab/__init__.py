import flask

from lab import v1, v2


def make_app():
    application = flask.Flask("lab")
    application.register_blueprint(v1.blueprint, url_prefix="/api/v1")
    application.register_blueprint(v2.bp)
    return application
