from flask import Flask

from todo.api import init_api


def create_app() -> Flask:
    app = Flask(__name__)
    init_api(app)

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    return app
