from rest_framework.throttling import UserRateThrottle


class Nightly(UserRateThrottle):
    scope = "nightly"
