"""Pages of FastAPI endpoints."""
