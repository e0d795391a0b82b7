"""The process that parses and runs recipes, and the server's end of the pipe to it."""
