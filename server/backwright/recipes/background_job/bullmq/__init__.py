"""Background jobs with BullMQ."""
