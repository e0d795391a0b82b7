from .customers import Address, Customer
from .orders import Item, Order, Payment, Product, product_tags, Tag

__all__ = ["Address", "Customer", "Item", "Order", "Payment", "Product", "Tag", "product_tags"]
