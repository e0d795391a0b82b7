from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import declarative_base, declared_attr
from sqlalchemy.sql import func


class TableName:
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + "s"

    id = Column(Integer, primary_key=True, autoincrement=True)


Base = declarative_base(cls=TableName)


class Dated:
    created = Column(DateTime(timezone=True), server_default=func.now(), nullable=False)
