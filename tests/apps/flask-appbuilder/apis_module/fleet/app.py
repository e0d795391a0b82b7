from flask import Flask
from flask_appbuilder import AppBuilder
from flask_appbuilder.utils.legacy import get_sqla_class

from fleet.api import Greeting, TruckApi, Trips
from fleet.security import FleetSecurity

app = Flask(__name__)
app.config.update(SECRET_KEY="not secret", SQLALCHEMY_DATABASE_URI="sqlite://", FAB_ADD_SECURITY_API=True)
app.config["FAB_API_SWAGGER_UI"] = False

with app.app_context():
    db = get_sqla_class()(app)
    appbuilder = AppBuilder(app, db.session, security_manager_class=FleetSecurity)
    for api in (TruckApi, Greeting, Trips):
        appbuilder.add_api(api)
