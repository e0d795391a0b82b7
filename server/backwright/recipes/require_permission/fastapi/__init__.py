"""Permissions for FastAPI, with the guard by which other endpoints ask for roles."""
