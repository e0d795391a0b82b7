from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_page
from rest_framework import generics, serializers, status, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.permissions import AllowAny, IsAdminUser
from rest_framework.response import Response
from rest_framework.views import APIView


class OrderSerializer(serializers.Serializer):
    reference = serializers.CharField()


class ReportSerializer(serializers.Serializer):
    title = serializers.CharField()


class StaffOnlyMixin:
    permission_classes = [IsAdminUser]


class OrderViewSet(StaffOnlyMixin, viewsets.GenericViewSet):
    serializer_class = OrderSerializer

    def list(self, request):
        return Response([])

    def create(self, request):
        return Response({}, status=status.HTTP_201_CREATED)

    def partial_update(self, request, pk=None):
        return Response({})

    @action(methods=["post"], detail=True)
    def pay_now(self, request, pk=None):
        return Response({})

    def latest(self, request):
        return Response({})


class CarrierViewSet(viewsets.ReadOnlyModelViewSet):
    permission_classes = [AllowAny]


class DriverViewSet(viewsets.ModelViewSet):
    http_method_names = ["get", "post", "head"]


class Lines(APIView):
    def get(self, request, pk):
        return Response([])

    def post(self, request, pk):
        return Response({"quantity": request.data["quantity"]})


@method_decorator(cache_page(30), name="get")
class ReportList(generics.ListCreateAPIView):
    serializer_class = ReportSerializer
    queryset = []


class ReportDetail(generics.RetrieveUpdateDestroyAPIView):
    serializer_class = ReportSerializer
    permission_classes = [IsAdminUser]


@api_view()
def ping(request):
    return Response({"pong": True})
