"""Builds a feature layer on layer."""
