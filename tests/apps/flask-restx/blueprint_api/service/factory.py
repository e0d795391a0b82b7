def create_app():
    from flask import Flask

    from service.rest import blueprint as api_blueprint

    app = Flask(__name__)
    app.register_blueprint(api_blueprint, url_prefix="/api/2")
    return app
