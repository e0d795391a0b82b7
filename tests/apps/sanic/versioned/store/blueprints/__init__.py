from sanic import Blueprint

from .items import items
from .orders import orders, legacy_orders
from .ops import internal

shop = Blueprint.group(orders, url_prefix="/shop")
api = Blueprint.group(items, shop, legacy_orders, url_prefix="/api", version=1)
