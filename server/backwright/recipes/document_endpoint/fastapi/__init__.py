"""Documentation of FastAPI endpoints."""
