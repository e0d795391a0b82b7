from celery import Task


class Patient(Task):
    """Tries again when the network is away."""

    autoretry_for = (OSError,)
    max_retries = 8
    retry_backoff = 4
