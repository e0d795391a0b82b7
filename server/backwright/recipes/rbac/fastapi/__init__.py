"""Roles and permissions for this framework: what it does differently."""
