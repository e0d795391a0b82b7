"""Work that is done outside of requests: a queue, its worker, retries and a dead letter queue."""
