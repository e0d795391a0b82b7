from core.routers import api

from . import views

api.register("telescopes", views.TelescopeViewSet, basename="telescope")
api.register("", views.IndexViewSet, basename="index")
