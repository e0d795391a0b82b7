from flask import Blueprint, request

orders_bp = Blueprint("orders", __name__, url_prefix="/orders")


@orders_bp.post("/")
def order():
    return request.get_json(), 201


@orders_bp.get("/<uuid:order_id>")
def show_order(order_id):
    return {"id": str(order_id)}


@orders_bp.post("/<uuid:order_id>/refund")
def refund(order_id):
    return {"id": str(order_id), "state": "refunded"}, 202
