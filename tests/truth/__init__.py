"""Real backends from package registries: what their framework reports against what is read."""
