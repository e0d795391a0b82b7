"""A REST API in Flask, on Flask-SQLAlchemy and Pydantic."""
