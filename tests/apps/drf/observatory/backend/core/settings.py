SECRET_KEY = "parallax"
ROOT_URLCONF = "core.urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "sky"]
MIDDLEWARE = []
DATABASES = {}
API_PREFIX = "api/v1/"
REST_FRAMEWORK = {
    "DEFAULT_THROTTLE_CLASSES": ("core.throttles.Nightly",),
    "DEFAULT_THROTTLE_RATES": {"nightly": "200/day"},
    "DEFAULT_PERMISSION_CLASSES": ("core.permissions.Registered",),
}
