from .database import Base
from .models import *  # noqa: F403

__all__ = ["Base"]
