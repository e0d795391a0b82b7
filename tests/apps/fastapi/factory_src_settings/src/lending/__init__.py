"""Lending desk of a public library."""
