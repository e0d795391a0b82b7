"""Documentation of Express endpoints."""
