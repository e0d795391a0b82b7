"""The recipe `prevent-sql-injection`: values of a statement become its parameters."""
