"""Background jobs with Celery."""
