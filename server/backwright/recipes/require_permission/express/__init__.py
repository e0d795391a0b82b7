"""Permissions for Express, with the guard by which other endpoints ask for roles."""
