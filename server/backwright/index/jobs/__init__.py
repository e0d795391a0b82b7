"""Background jobs: what a project runs outside its requests, and where it asks for that."""
