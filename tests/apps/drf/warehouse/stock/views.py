from rest_framework import mixins, permissions, viewsets
from rest_framework.decorators import action, api_view, permission_classes, throttle_classes
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, ScopedRateThrottle, UserRateThrottle

from stock.models import Item, Shelf
from stock.permissions import IsKeeper, OpenToRead
from stock.serializers import AdjustmentSerializer, ItemSerializer, ShelfSerializer


class BurstThrottle(UserRateThrottle):
    rate = "5/second"


class ItemViewSet(viewsets.ModelViewSet):
    queryset = Item.objects.all()
    serializer_class = ItemSerializer
    lookup_field = "sku"
    permission_classes = [permissions.IsAuthenticatedOrReadOnly]

    def list(self, request, *args, **kwargs):
        request.query_params.get("shelf")
        return super().list(request, *args, **kwargs)

    @action(
        detail=True,
        methods=["post"],
        permission_classes=[IsKeeper],
        serializer_class=AdjustmentSerializer,
    )
    def adjust(self, request, sku=None):
        return Response({"by": request.data["by"]})

    @adjust.mapping.delete
    def undo(self, request, sku=None):
        return Response(status=204)

    @action(detail=False, url_path="running-low", url_name="low", throttle_classes=[BurstThrottle])
    def low(self, request):
        return Response([])

    @action(detail=True, methods=["get", "put"], url_path=r"photos/(?P<number>\d+)")
    def photo(self, request, sku=None, number=None):
        return Response({"number": number})


class Archivable:
    @action(detail=True, methods=["post"])
    def archive(self, request, **kwargs):
        return Response(status=204)


class ShelfViewSet(
    Archivable,
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet,
):
    queryset = Shelf.objects.all()
    serializer_class = ShelfSerializer
    permission_classes = [permissions.IsAuthenticated & (IsKeeper | OpenToRead)]
    lookup_url_kwarg = "shelf_id"
    lookup_value_regex = "[0-9a-f]{8}"


class ScanViewSet(viewsets.ViewSet):
    permission_classes = ()
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "scans"

    def create(self, request):
        return Response(status=202)

    def destroy(self, request, pk=None):
        return Response(status=204)


class TrailViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Item.objects.none()
    http_method_names = ["get", "delete"]

    def destroy(self, request, pk=None):
        return Response(status=204)


@api_view(["GET", "POST"])
@permission_classes([permissions.IsAdminUser])
@throttle_classes([AnonRateThrottle])
def summary(request):
    return Response({"since": request.query_params.get("since"), "note": request.data.get("note")})
