SECRET_KEY = "only for the shelf"
DEBUG = True
ROOT_URLCONF = "reading_room.urls"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "catalogue",
    "loans",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
STATIC_URL = "static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = "media"
STAFF_PREFIX = "desk/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
