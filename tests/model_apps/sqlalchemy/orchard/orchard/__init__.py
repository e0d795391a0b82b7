"""Growers, their plots, and the harvests that co-ops buy."""

from orchard import coops, growers, harvests, people  # noqa: F401
from orchard.base import Base

__all__ = ["Base"]
