"""The vocabulary of a backend, and what one file alone says of it."""
