"""Statements for a database that are put together as strings."""
