"""Accounts in Python, alike for its frameworks."""
