from django.urls import path, re_path
from rest_framework import routers

from orders import views


class OptionalSlashRouter(routers.SimpleRouter):
    def __init__(self):
        super().__init__()
        self.trailing_slash = "/?"


router = OptionalSlashRouter()
router.register("orders", views.OrderViewSet, basename="order")

plain = routers.SimpleRouter(trailing_slash=False)
for prefix, viewset in [("carriers", views.CarrierViewSet), ("drivers", views.DriverViewSet)]:
    plain.register(prefix, viewset, prefix)

router.registry.extend(plain.registry)

urlpatterns = [
    path("orders/latest", views.OrderViewSet.as_view({"get": "latest"})),
    re_path(r"^orders/(?P<pk>[0-9]+)/lines/$", views.Lines.as_view()),
    path("ping", views.ping),
    *router.urls,
]
urlpatterns += plain.urls
