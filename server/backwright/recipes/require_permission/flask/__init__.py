"""Permissions for Flask, with the guard by which other endpoints ask for roles."""
