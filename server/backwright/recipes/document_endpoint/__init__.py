"""Says in an endpoint's documentation what it does and answers."""
