"""Tests for an endpoint: what this framework does differently."""
