from django.urls import path
from rest_framework_nested import routers

from core.routers import CatalogueRouter, api

from . import api as _registered  # noqa: F401
from . import views

nested = routers.NestedSimpleRouter(api, r"telescopes", lookup="telescope")
nested.register(r"nights", views.NightViewSet, basename="telescope-nights")

deep = routers.NestedSimpleRouter(nested, r"nights")
deep.register(r"frames", views.FrameViewSet, basename="frames")

catalogue = CatalogueRouter(trailing_slash=False)
catalogue.register("stars", views.StarViewSet, basename="star")

urlpatterns = [
    path("stars/", views.Stars.as_view()),
    path("stars/<str:name>/", views.StarPage.as_view({"get": "retrieve", "delete": "destroy"})),
]
