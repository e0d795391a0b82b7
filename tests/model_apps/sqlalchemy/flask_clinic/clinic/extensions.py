from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Stored(db.Model):
    __abstract__ = True

    id = db.Column(db.Integer, primary_key=True)
    removed = db.Column(db.Boolean, default=False, nullable=False)
