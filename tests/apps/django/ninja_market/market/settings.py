SECRET_KEY = "stalls"
ROOT_URLCONF = "market.urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "stalls"]
MIDDLEWARE = []
DATABASES = {}
