"""What recipes for infrastructure share: what is asked, how the application runs, what it needs."""
