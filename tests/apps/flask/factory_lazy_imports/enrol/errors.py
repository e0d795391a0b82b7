from flask import jsonify


def init_app(app):
    app.register_error_handler(404, not_found)


def not_found(error):
    return jsonify(error=error.description), 404
