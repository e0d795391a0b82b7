"""Languages whose files find each other by names: what stands behind routes, jobs, tests."""
