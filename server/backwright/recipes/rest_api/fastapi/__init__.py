"""A REST API in FastAPI, on SQLAlchemy and Pydantic."""
