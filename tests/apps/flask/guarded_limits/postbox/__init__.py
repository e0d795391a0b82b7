from flask import Flask

from postbox.api.admin import admin
from postbox.api.auth import auth
from postbox.api.letters import letters
from postbox.extensions import limiter


def create_app(testing: bool = False) -> Flask:
    app = Flask(__name__)
    app.config.update(
        TESTING=testing,
        RATELIMIT_ENABLED=not testing,
        RATELIMIT_STORAGE_URI="memory://",
        JWT_SECRET="a secret of development, thirty-two",
    )
    limiter.init_app(app)

    app.register_blueprint(auth, url_prefix="/auth")
    app.register_blueprint(letters, url_prefix="/letters")
    app.register_blueprint(admin)

    @app.get("/health")
    @limiter.exempt
    def health():
        return {"status": "ok"}

    return app
