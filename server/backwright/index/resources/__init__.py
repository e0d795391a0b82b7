"""The parts of the family of resources: routers that make the addresses of what is registered."""
