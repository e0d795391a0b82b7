from django.urls import include, path
from rest_framework.routers import DefaultRouter
from rest_framework.urlpatterns import format_suffix_patterns

from orders import views as orders
from stock import views as stock

router = DefaultRouter()
router.register(r"items", stock.ItemViewSet)
router.register(r"shelves", stock.ShelfViewSet, basename="shelf")
router.register("scans", stock.ScanViewSet, basename="scan")
router.register(r"audit/trail", stock.TrailViewSet, basename="trail")

urlpatterns = [
    path("api/", include(router.urls)),
    path("api/", include("orders.urls")),
    path("api/session/", include("rest_framework.urls")),
    path("api/summary/", stock.summary),
]
urlpatterns += format_suffix_patterns([
    path("reports/", orders.ReportList.as_view()),
    path("reports/<int:pk>/", orders.ReportDetail.as_view()),
])
