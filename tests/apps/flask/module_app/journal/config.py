import os


class Config:
    SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-development")
    ENTRIES_PER_PAGE = 20
