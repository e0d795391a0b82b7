"""Endpoints for a model that the project has."""
