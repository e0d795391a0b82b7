"""Imports that units need, merged into those of a file."""
