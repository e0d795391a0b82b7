"""Backwright: a language server that knows a project's backend and what it still needs."""

__version__ = "0.1.0"
