from slowapi import Limiter
from slowapi.util import get_remote_address

SEARCH_LIMIT = "30/minute"

limiter = Limiter(key_func=get_remote_address)
