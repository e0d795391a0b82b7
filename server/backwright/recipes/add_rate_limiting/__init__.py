"""The recipe `add-rate-limiting`: what a request asks, and a limit as each framework has it."""
