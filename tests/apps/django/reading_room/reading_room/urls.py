from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path, re_path
from django.views.generic import RedirectView, TemplateView

from loans.urls import desk_patterns

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", TemplateView.as_view(template_name="about.html"), name="about"),
    path("old-catalogue/", RedirectView.as_view(pattern_name="catalogue:books")),
    path("admin/", admin.site.urls),
    path("accounts/login/", auth_views.LoginView.as_view(), name="login"),
    path("accounts/logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("catalogue/", include("catalogue.urls")),
    path("loans/", include(("loans.urls", "loans"), namespace="lending")),
    path(settings.STAFF_PREFIX, include(desk_patterns)),
    re_path(r"^health(?:z)?/?$", views.health),
] + static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

if settings.DEBUG:
    urlpatterns += [path("__debug/echo/<path:rest>", views.echo)]

handler404 = "reading_room.views.missing"
