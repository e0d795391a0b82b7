"""The one road: target → context → recipe → model → verify → change."""
