from flask_appbuilder import Model
from sqlalchemy import Column, Integer, String


class Book(Model):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)
    title = Column(String(200), nullable=False)


class Author(Model):
    __tablename__ = "authors"

    id = Column(Integer, primary_key=True)
    name = Column(String(100), unique=True)
