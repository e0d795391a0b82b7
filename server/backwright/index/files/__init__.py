"""The family of files: routes whose paths are the names of folders and files."""
