"""The data models of a project: one module for each way in which libraries declare them."""
