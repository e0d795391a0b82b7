from flask import Flask

from shop.extensions import appbuilder, db


def create_app(config="shop.config"):
    app = Flask(__name__)
    app.config.from_object(config)
    with app.app_context():
        db.init_app(app)
        appbuilder.indexview = _index()
        appbuilder.init_app(app, db.session)
        from . import views

        views.register()
    return app


def _index():
    from shop.home import Home

    return Home
