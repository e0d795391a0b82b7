from django.conf import settings
from django.urls import include, path

import sky.api  # noqa: F401  # registers what it has
from core.routers import api
from sky import urls as sky_urls

v1 = (
    [
        path("", include(api.urls)),
        path("", include(sky_urls.nested.urls)),
        path("", include(sky_urls.deep.urls)),
        path("catalogue/", include((sky_urls.catalogue.urls, "catalogue"))),
    ],
    "v1",
)

urlpatterns = [
    path(settings.API_PREFIX, include(v1)),
    path("beta/", include(sky_urls.urlpatterns)),
]
