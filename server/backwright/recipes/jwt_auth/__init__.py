"""Tokens (JWT): who a request comes from, and accounts that get them."""
