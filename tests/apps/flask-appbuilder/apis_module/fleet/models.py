from flask_appbuilder import Model
from sqlalchemy import Column, Integer, String


class Truck(Model):
    __tablename__ = "trucks"

    id = Column(Integer, primary_key=True)
    plate = Column(String(20), nullable=False)
