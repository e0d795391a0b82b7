"""Authentication for FastAPI, with the guard that most endpoints of the project are under."""
