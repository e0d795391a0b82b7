"""Readers of files that only describe a database."""
