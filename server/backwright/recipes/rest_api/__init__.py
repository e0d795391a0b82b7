"""A REST API for what a request describes, in a new folder or in the project that is there."""
