"""Active Record: the tables that schemas and migrations in Ruby make, and the classes over them."""
