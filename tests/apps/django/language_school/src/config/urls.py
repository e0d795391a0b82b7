from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from apps.people import urls as people_urls
from apps.people.views import login_page

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("login/", login_page, name="login"),
    path(f"api/{settings.API_VERSION}/", include("config.api")),
    *[path("", include(name)) for name in settings.PLUGINS],
]

urlpatterns += i18n_patterns(
    path(_("courses/"), include("apps.courses.urls", namespace="courses")),
    path("people/", include(people_urls)),
    prefix_default_language=False,
)
urlpatterns += i18n_patterns(path("news/", include("apps.courses.news")))
