"""Pages of Flask endpoints."""
