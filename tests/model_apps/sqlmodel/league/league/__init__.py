from league import fixtures, players  # noqa: F401
