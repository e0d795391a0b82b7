"""Changes to snapshots: they apply wholly or not at all."""
