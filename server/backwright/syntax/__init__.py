"""Grammars and parsing. Parsing never fails: broken code yields a tree with errors."""
