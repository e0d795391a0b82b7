"""Answers a list in pages instead of as a whole."""
