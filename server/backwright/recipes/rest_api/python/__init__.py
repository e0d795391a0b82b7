"""What resources become in Python: tables of SQLAlchemy, schemas of Pydantic, bodies for tests."""
