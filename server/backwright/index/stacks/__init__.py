"""What each application of a workspace is built with, from its manifests and lock files."""
