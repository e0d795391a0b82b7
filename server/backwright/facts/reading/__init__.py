"""Readers: from the tree of one file to its facts, one module a language family."""
