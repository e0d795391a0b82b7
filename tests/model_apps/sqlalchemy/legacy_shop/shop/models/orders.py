import datetime as dt

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, Numeric, String, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.orm import backref, relationship

from shop.database import Base, Dated
from shop.types import Colour

product_tags = Table(
    "product_tags",
    Base.metadata,
    Column("product_id", Integer, ForeignKey("products.id"), primary_key=True),
    Column("tag_id", Integer, ForeignKey("tags.id"), primary_key=True),
)


class Tag(Base):
    label = Column(String(30), unique=True, nullable=False)


class Product(Base):
    __table_args__ = (UniqueConstraint("sku"), {"sqlite_autoincrement": True})

    sku = Column(String(16), nullable=False)
    price = Column(Numeric(10, 2), nullable=False)
    colour = Column(Colour())
    state = Column(sa.Enum("draft", "live", name="product_state"), default="draft")
    details = Column(pg.JSONB(astext_type=sa.Text()), default=lambda: {})
    tags = relationship(Tag, secondary=product_tags, backref=backref("products", lazy="dynamic"))


class Order(Dated, Base):
    customer_id = Column(Integer, ForeignKey("customers.id"), nullable=False, index=True)
    placed = Column(sa.DateTime, default=dt.datetime.utcnow)
    customer = relationship("shop.models.customers.Customer", back_populates="orders")
    items = relationship(lambda: Item, back_populates="order")
    payment = relationship("Payment", backref=backref("order"), uselist=False)


class Item(Base):
    order_id = Column(Integer, ForeignKey(Order.__table__.c.id))
    product_id = Column(Integer, ForeignKey(Product.id))
    quantity = Column(Integer, default=1, nullable=False)
    order = relationship(Order, back_populates="items")
    product = relationship("Product")


Index("ix_item_pair", Item.order_id, Item.product_id, unique=True)


class Payment(Base):
    order_id = Column(Integer, ForeignKey("orders.id"), unique=True)
    amount = Column(Numeric(precision=10, scale=2))
