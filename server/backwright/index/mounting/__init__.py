"""The parts of the family of mounted routers."""
