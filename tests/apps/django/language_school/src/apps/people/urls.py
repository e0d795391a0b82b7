from django.urls import path

from . import views


def section(name, *extra):
    return [path(f"{name}/", views.listing, {"kind": name}), *extra]


urlpatterns = [
    *section("teachers", path("teachers/<int:pk>/", views.Profile.as_view())),
    *section("students"),
]
