"""Documentation of Flask endpoints."""
