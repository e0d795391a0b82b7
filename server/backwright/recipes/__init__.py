"""One folder a recipe: what it is, what a model is told, and templates that work without one."""
