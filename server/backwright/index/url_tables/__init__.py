"""The parts of the family of url tables: lists of addresses that include others, as in Django."""
