import datetime
import re
import uuid
from decimal import Decimal
from typing import Annotated, Optional

from sqlalchemy import BigInteger, DateTime, ForeignKey, MetaData, Numeric, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

intpk = Annotated[int, mapped_column(primary_key=True)]
str50 = Annotated[str, 50]
required_name = Annotated[str, mapped_column(String(120), nullable=False, index=True)]
money = Annotated[Decimal, mapped_column(Numeric(10, 2))]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={"ix": "ix_%(column_0_label)s"})
    type_annotation_map = {str50: String(50), datetime.datetime: DateTime(timezone=True)}


class TimestampMixin:
    created_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[Optional[datetime.datetime]] = mapped_column(onupdate=func.now())


class Keyed:
    """A key of its own and a table named like the class."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class Owned:
    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(BigInteger, ForeignKey("growers.id", ondelete="CASCADE"), index=True)
