"""Rate limiting for this framework: what it does differently."""
