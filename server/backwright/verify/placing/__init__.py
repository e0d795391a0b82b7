"""The parts of placing units: what is inserted, replaced, rewritten, and how it is set."""
