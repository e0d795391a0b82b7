"""Spans of bytes and snapshots of documents."""
