from uuid import uuid4

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Unicode
from sqlalchemy.orm import backref, relationship

from ..database import Base, Dated

NAME = String(80)


def reference():
    return uuid4().hex


class Customer(Dated, Base):
    reference = Column(String(32), unique=True, default=reference)
    first_name = Column(NAME, nullable=False)
    last_name = Column(NAME, nullable=True)
    newsletter = Column(Boolean, nullable=False, default=False, server_default="0")
    locale = Column("lang", Unicode(8), default=u"en")
    referrer_id = Column(Integer, ForeignKey("customers.id"))

    referred = relationship("Customer", backref=backref("referrer", remote_side="Customer.id"))
    orders = relationship("Order", back_populates="customer", lazy="dynamic")
    address = relationship("Address", uselist=False, backref="customer")


class Address(Base):
    __tablename__ = "addresses"

    customer_id = Column(ForeignKey("customers.id", ondelete="CASCADE"), nullable=False, unique=True)
    street, town = Column(String(200)), Column(String(80), index=True)
