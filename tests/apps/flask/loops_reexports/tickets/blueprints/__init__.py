from .box_office import bp as box_office
from .events import bp as events
from .orders import orders_bp
from .venues import venues_blueprint as venues

ALL = [events, orders_bp]

__all__ = ["ALL", "box_office", "events", "orders_bp", "venues"]
