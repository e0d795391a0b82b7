"""Background jobs with Sidekiq."""
