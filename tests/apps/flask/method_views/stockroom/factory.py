from flask import Flask

from stockroom.counts import counts
from stockroom.parts import PartAPI, PartListAPI
from stockroom.resource import register_api
from stockroom.suppliers import SupplierGroup, SupplierItem
from stockroom.views import HealthView, LabelView


def make_app():
    app = Flask(__name__)

    app.add_url_rule("/parts", view_func=PartListAPI.as_view("parts"))
    app.add_url_rule("/parts/<string:sku>", view_func=PartAPI.as_view("part"))

    supplier_view = SupplierItem.as_view("supplier")
    app.add_url_rule("/suppliers/", view_func=SupplierGroup.as_view("suppliers"))
    app.add_url_rule("/suppliers/<int:id>", view_func=supplier_view, methods=["GET", "PATCH"])

    app.add_url_rule("/health", view_func=HealthView.as_view("health"))
    app.add_url_rule(
        "/labels/<sku>", "label", LabelView.as_view("label", template="<b>{{ sku }}</b>")
    )

    register_api(app, "orders")
    register_api(app, "returns", id_type="string")
    app.register_blueprint(counts, url_prefix="/counts")
    return app
