"""What recipes that write sign-in and permissions share."""
