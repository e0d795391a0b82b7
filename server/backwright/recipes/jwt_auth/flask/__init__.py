"""Tokens for this framework: what it does differently."""
