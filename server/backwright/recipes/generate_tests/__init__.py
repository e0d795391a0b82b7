"""Tests for an endpoint, derived from what its handler does."""
